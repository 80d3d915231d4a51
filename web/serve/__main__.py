"""The order of things: what can be refused is refused first, before anything is changed."""

import os
import socket
import sys

from web.serve.doors import CannotStartError, listen, port_from, set_defaults


def main() -> None:
    try:
        port = port_from(os.environ.get("PORT", ""))
        door = listen(port)
        set_defaults(os.environ, port)
        serve(door, port)
    except CannotStartError as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit("Stopped.")


def serve(door: socket.socket, port: int) -> None:
    # Imported late: it takes a second, and a taken port should be said at once.
    from web.serve.preparing import make_portal, prepare, who_to_be
    from web.serve.supervisor import supervise

    app = make_portal()
    prepare(app, say)
    say(f"The portal is at http://127.0.0.1:{port}. Ctrl-C ends it.")
    for line in who_to_be(app, port):
        say(line)
    supervise(app, door, say)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
