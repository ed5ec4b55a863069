"""The app, for `flask run` and any WSGI server."""

import sys

from outcome import create_app
from outcome.report.faults import ContentError
from outcome.settings import SettingsError

try:
    app = create_app()
except (ContentError, SettingsError) as error:
    sys.exit(f"The site cannot start.\n{error}")  # for staff: what to mend, and no traceback
