"""The configuration of a host: the headers of every response, for nginx and for other hosts."""

import re
from collections.abc import Iterable, Mapping

from inspection_outcome.pages.urls import (
    HOME,
    MANIFEST_FILE,
    OFFLINE_FILE,
    ROOT,
    missing_address,
    page_address,
)

_NOT_EVERYWHERE = {"Content-Type", "Content-Length", "Content-Language", "Cache-Control"}
HEADERS, NGINX = "_headers", "_nginx.conf"
"""The names of the two files. Files that begin with an underscore are not for readers."""


def headers_file(page: Mapping[str, str], tags: Iterable[str], data: Iterable[str]) -> str:
    """Return the text of `_headers`, in the format of Netlify and Cloudflare Pages.

    `page`: the headers of a page; `tags`: the language tags; `data`: the paths that scripts of any
    site may read. Caching is left to such a host: it makes browsers revalidate each time, and
    clears its own cache when files change.
    """
    lines = [f"{ROOT}*", *(f"  {name}: {value}" for name, value in _everywhere(page))]
    for tag in tags:
        lines += [f"{page_address(HOME, tag)}*", f"  Content-Language: {tag}"]
    for path in data:
        lines += [path, "  Access-Control-Allow-Origin: *"]
    return "\n".join([*lines, ""])


def nginx_file(
    page: Mapping[str, str],
    tags: Iterable[str],
    data: Iterable[str],
    asked_each_time: Iterable[str],
) -> str:
    """Return the nginx configuration to include in a server block.

    The root of that server block is the published directory. `asked_each_time`: the paths that a
    cache must revalidate each time. nginx does not send a header with an empty value.
    """
    tags = list(tags)
    lines = [
        (
            "# Made by `flask publish`. Include it in the server block whose root is this folder; "
            "reload after a change."
        ),
        'set $outcome_language "";',
        f'if ($uri ~ "^{page_address(HOME, _any(tags))}") {{ set $outcome_language $1; }}',
        f'set $outcome_cache "{page["Cache-Control"]}";',
        f'if ($uri ~ "^{_any(asked_each_time)}$") {{ set $outcome_cache "no-cache"; }}',
        'set $outcome_open "";',
        f'if ($uri ~ "^{_any(data)}$") {{ set $outcome_open "*"; }}',
        *(f'add_header {name} "{value}" always;' for name, value in _everywhere(page)),
        "add_header Content-Language $outcome_language always;",
        "add_header Cache-Control $outcome_cache;",
        "add_header Access-Control-Allow-Origin $outcome_open;",
        "server_tokens off;",
        "log_not_found off;",  # its log lines have IP address, page and referrer
        "absolute_redirect off;",
        "gzip_static on;",
        "gzip_vary on;",
        "charset utf-8;",
        (
            "charset_types text/plain application/javascript application/atom+xml application/xml "
            "text/xml;"
        ),
        f"error_page {_missing()};",
        *(f"location {page_address(HOME, tag)} {{ error_page {_missing(tag)}; }}" for tag in tags),
        _typed(MANIFEST_FILE, "application/manifest+json"),
        _typed(OFFLINE_FILE, "application/gzip"),
        r"location ~ (^/_|/\.(?!well-known/)) { return 404; }",  # such as .git
    ]
    return "\n".join([*lines, ""])


def _missing(tag: str = "") -> str:
    """Return the page for what is not there; 403 is nginx's answer for a folder without a page."""
    return f"403 404 =404 {missing_address(tag)}"


def _any(words: Iterable[str]) -> str:
    return f"({'|'.join(map(re.escape, words))})"


def _typed(file: str, type_: str) -> str:
    """Return the nginx location that gives a media type to each file of this name."""
    return f"location ~ /{re.escape(file)}$ {{ types {{ }} default_type {type_}; }}"


def _everywhere(page: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in page.items() if name not in _NOT_EVERYWHERE]
