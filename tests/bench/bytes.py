"""Print the compressed size of each page, in English and in the pseudo-locales.

Run it with `python tests/bench/bytes.py`.
"""

import sys
import tempfile
from pathlib import Path

import brotli

sys.path.insert(0, str(Path(__file__).parent.parent))

import pseudo_locales
import shipped_site
from house_rules import MOST_BYTES
from inspection_outcome import create_app


def main() -> None:
    """Measure every page and print the sizes, largest first."""
    with tempfile.TemporaryDirectory() as temporary:
        translations = shipped_site.beside_pseudo_locales(Path(temporary))
        client = create_app(shipped_site.environ(translations), watch=False).test_client()
        names = client.application.extensions["inspection_outcome"].current().edition.report.pages
        paths = ["" if name == "home" else f"{name}/" for name in names]
        tags = ["en", *(language.tag for language in pseudo_locales.LANGUAGES)]
        sizes = {
            path: [len(brotli.compress(client.get(f"/{tag}/{path}").data)) for tag in tags]
            for path in paths
        }
    print(f"bytes, brotli; at most {MOST_BYTES} (not for all/)")
    print(f"{'':<20}", *(f"{tag:>9}" for tag in tags))
    for path, row in sorted(sizes.items(), key=lambda item: -max(item[1])):
        print(f"{path or 'home':<20}", *(f"{size:>9}" for size in row))


if __name__ == "__main__":
    main()
