"""The app, for `flask run` and any WSGI server."""

import sys

from inspection_outcome import create_app
from inspection_outcome.commands.workspace import tell_whose
from inspection_outcome.report.errors import ContentError
from inspection_outcome.settings import Settings, SettingsError, environment

try:
    app = create_app()
    tell_whose(Settings.read(environment()), environment())
except (ContentError, SettingsError) as error:
    sys.exit(f"The site cannot start.\n{error}")  # staff need no stack trace
