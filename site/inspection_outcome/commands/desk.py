"""`flask desk`: look after every sentence in a browser, on one's own computer."""

import logging
import webbrowser

import click
from werkzeug.serving import make_server

from inspection_outcome.commands.workspace import errors_as_messages, read_settings
from inspection_outcome.i18n import catalogues

_PORT = 5050
_HOST = "127.0.0.1"
_REFUSED = frozenset({
    1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679,
    6697, 10080,
})  # fmt: skip # a number a line would be long
"""Ports that no browser opens, of those that may be asked for: 'bad port' of the Fetch standard."""


@click.command()
@click.option("--port", default=_PORT, show_default=True, type=click.IntRange(1024, 65535))
@click.option("--browser/--no-browser", default=True, help="whether to open a browser")
@errors_as_messages()
def desk(port: int, browser: bool) -> None:  # noqa: FBT001 (click passes it by name)
    """Open the desk: find, mend and check each sentence in the browser.

    Only this computer can reach it. Stop it with Ctrl+C.
    """
    if port in _REFUSED:
        raise click.BadParameter(
            f"no browser opens port {port}, as it is kept for other programs. Leave --port out, or "
            f"give another: flask desk --port {_PORT + 1}",
            param_hint="--port",
        )
    from inspection_outcome.desk import create_desk, web  # noqa: PLC0415 (needs the extra 'desk')
    from inspection_outcome.desk.access import OwnComputer  # noqa: PLC0415 (as above)
    from inspection_outcome.desk.publish.publishing import publishing_of  # noqa: PLC0415 (as above)

    def tell(address: str) -> None:
        click.echo(f"Another browser asked for the desk. To open it there: {address}")

    access = OwnComputer(tell)
    settings = read_settings()
    app = create_desk(settings.folders, access, publishing_of(settings))
    web.warm_up(app)
    try:
        server = make_server(_HOST, port, app, threaded=True)
    except (OSError, SystemExit):  # werkzeug exits if the port is taken
        raise click.ClickException(
            f"Port {port} is in use. Is a desk open already? Close that one, or give another port: "
            f"flask desk --port {port + 1}"
        ) from None
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # requests hold words of sentences
    logging.getLogger(catalogues.__name__).setLevel(logging.CRITICAL)  # and so do problems
    address = access.address(f"{_HOST}:{port}")
    click.echo(f"The desk is open at this address, which works once:\n\n    {address}\n")
    click.echo("Stop it with Ctrl+C.")
    if browser:
        webbrowser.open(address)
    server.serve_forever()  # until Ctrl+C
    click.echo("The desk is closed. All that was saved is kept.")
