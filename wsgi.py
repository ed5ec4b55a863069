"""The app, for `flask run` and any WSGI server."""

import gc
import sys

gc.disable()  # a start makes hardly any garbage, and looking for it takes a twelfth of its time; edition.py: for builds

# ruff: noqa: E402 (the imports are part of the start)
from inspection_outcome import create_app
from inspection_outcome.report.faults import ContentError
from inspection_outcome.settings import SettingsError

try:
    app = create_app()
except (ContentError, SettingsError) as error:
    sys.exit(f"The site cannot start.\n{error}")  # for staff: what to mend, and no traceback
finally:
    gc.freeze()
    gc.unfreeze()  # all that was made is old now: the first page does not wait until all of it has been looked at
    gc.enable()
