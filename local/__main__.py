"""The second half of `./run`, inside the virtual environment: one function per verb."""

import sys

from local import checks, portal
from local.processes import listen
from local.say import Stop


def main(verb: str, arguments: list[str]) -> int:
    """Run a verb and return the exit status."""
    listen()
    try:
        match verb:
            case "start":
                return portal.run()
            case "services":
                return portal.services()
            case "manage":
                return portal.manage(arguments)
            case "env":
                return portal.print_environment()
            case "reset":
                return portal.reset(sure="--yes" in arguments)
            case "lint":
                return checks.lint()
            case _:
                return checks.run(arguments)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return reason.status
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
