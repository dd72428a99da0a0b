"""What the addresses of the world are made of, where it is the same whoever comes."""

from typing import Any

OF_ONE: dict[str, dict[str, Any]] = {
    "agreement:principle": {"slug": "dialog"},
    "agreement:commitment": {"slug": "atagande"},
    "council:seat": {"number": 1},
    "council:member": {"slug": "orda-forande"},
    "council:body": {"slug": "det-radet"},
    "council:body_seat": {"slug": "det-radet", "number": 1},
    "followup:year": {"year": 2026},
    "followup:book": {"year": 2026},
    "followup:blank_form": {"year": 2026, "side": "staden"},
    "followup:chapter": {"year": 2026, "number": 1},
    "followup:statements": {"year": 2026},
    "followup:answers": {"year": 2026},
    "followup:parties": {"year": 2026},
    "followup:data_csv": {"year": 2026},
    "followup:data_json": {"year": 2026},
    "followup:reports": {"year": 2026},
    "followup:slides": {"year": 2026},
    "followup:forum": {"year": 2026},
    "followup:forum_calendar": {"year": 2026},
    "followup:register": {"year": 2026},
    "followup:questions": {"year": 2026},
    "followup:forum_screen": {"year": 2026},
}
SECRETS = {
    "affiliation:case": "case",
    "affiliation:complete": "case",
    "affiliation:withdraw": "case",
    "affiliation:check": "draft",
    "affiliation:submit": "draft",
    "affiliation:section": "draft",
    "affiliation:resume": "draft",
    "affiliation:file": "case",
    "affiliation:letter": "draft",
    "affiliation:ceremony_invited": "asked_to_sign",
    "affiliation:following": "follower",
    "affiliation:unfollow": "follower",
    "affiliation:invitation": "invitation",
    "affiliation:membership": "membership",
    "affiliation:confirmation": "confirmation",
    "affiliation:candidacy": "candidate",
    "council:nomination": "nomination",
    "council:hinder": "hinder",
    "council:times_by_link": "asked",
    "followup:registration": "registration",
    "followup:cancel_registration": "registration",
}
"""{address: whose secret is in it}"""
OF_AN_ELECTION = {
    "affiliation:election", "affiliation:election_protocol", "affiliation:election_protocol_pdf", "affiliation:own_election",
    "affiliation:name_candidate", "affiliation:strike_candidate", "affiliation:vote",
}  # fmt: skip
OF_A_REPORT = {
    "followup:report", "followup:answer", "followup:review", "followup:submit", "followup:receipt", "followup:more_time", "followup:paper_form",
    "followup:progress", "followup:whole_year", "followup:confirm", "followup:members", "followup:preview", "followup:stand_alone", "followup:reopen",
}  # fmt: skip
OF_A_PARTY = {
    "affiliation:party", "affiliation:logo", "affiliation:certificate", "affiliation:badge", "affiliation:suggest", "followup:party_report",
    "affiliation:own_party", "affiliation:own_details", "affiliation:own_confirm", "affiliation:own_people", "affiliation:step_down",
    "affiliation:hand_over", "affiliation:own_person", "affiliation:end_person", "affiliation:revoke_invitation", "affiliation:own_members",
    "affiliation:end_member", "affiliation:deny_membership", "affiliation:own_leave", "affiliation:own_stay",
}  # fmt: skip
ROWS = {
    "affiliation:own_person": "colleague",
    "affiliation:end_person": "colleague",
    "affiliation:revoke_invitation": "invitation",
    "affiliation:end_member": "member",
    "affiliation:deny_membership": "membership",
}
MORE: dict[str, dict[str, Any]] = {
    "affiliation:section": {"section": "kontakt"},
    "affiliation:file": {"name": "minutes"},
    "followup:answer": {"number": 1},
    "followup:party_report": {"year": 2026},
    "followup:evaluator_reports": {"of": 2026},
    "followup:evaluator_report": {"of": 2026},
    "followup:evaluator_finding": {"number": 1},
    "followup:evaluator_new_recommendation": {"number": 1},
    "followup:evaluator_recommendation": {"number": 1, "which": 1},
    "followup:evaluator_mark": {"number": 1},
    "followup:registration": {"year": 2026},
    "followup:cancel_registration": {"year": 2026},
    "admin:affiliation_application_file": {"name": "minutes"},
    "admin:followup_forumquestion_step": {"verb": "set_aside"},
    "admin:affiliation_application_step": {"verb": "approve"},
    "admin:affiliation_application_take": {"verb": "start_review"},
}
WITHOUT_A_ROW = {
    ("application", "decide"), ("application", "decide_take"), ("application", "decided"), ("application", "hand_over"),
    ("application", "paper"), ("affiliation", "import"), ("affiliation", "import_confirm"),
}  # fmt: skip
