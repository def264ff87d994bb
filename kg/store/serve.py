"""A SPARQL 1.1 endpoint over the embedded store, read-only, with an editor and the explorer page.

The protocol's operations by GET and POST (https://www.w3.org/TR/sparql11-protocol/); Starlette does HTTP, the store the
language, and queries run in processes of their own (see `worker.py`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from kg.errors import UsageError
from kg.knowledge.files import data_path
from kg.store.guard import reaches_out
from kg.store.worker import Answered, Limits, Pool, Question, Refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

_STATUS = {"malformed": 400, "slow": 503, "large": 413, "died": 503, "busy": 503}
_ASSETS = {
    "yasgui.min.js": "text/javascript",
    "yasgui.min.css": "text/css",
    "editor.js": "text/javascript",
    "LICENSES.txt": "text/plain",
}
_MOST_BODY = 1 << 20
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self' data:; connect-src 'self'"
)


def application(
    store: Path,
    *,
    page: Path | None = None,
    limits: Limits | None = None,
    hosts: Sequence[str] = ("127.0.0.1", "localhost"),
    origins: Sequence[str] = (),
) -> Starlette:
    """The web application over a store folder.

    `page` is an `index.html` of `kg build`, shown at `/`. Only requests to one of `hosts` are answered, and of those that
    a web page sends only those of the same host or of `origins`. Raises UsageError when there is no store, no such page,
    or Starlette is not installed.
    """
    try:
        from starlette.applications import Starlette
        from starlette.middleware import Middleware
        from starlette.middleware.base import BaseHTTPMiddleware
        from starlette.middleware.cors import CORSMiddleware
        from starlette.middleware.trustedhost import TrustedHostMiddleware
        from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse
        from starlette.routing import Route
    except ImportError as error:
        raise UsageError(
            "serving needs Starlette, which is not installed", hint="pip install 'lgkg[serve]'"
        ) from error
    if page is not None and not page.is_file():
        raise UsageError("no such page", where=str(page), hint="Give an index.html that kg build wrote.")
    pool = Pool(store, limits or Limits())

    async def home(_: Request) -> Response:
        return RedirectResponse("editor") if page is None else FileResponse(page, media_type="text/html")

    async def editor(_: Request) -> Response:
        return FileResponse(
            data_path("explorer", "editor.html"), headers={"Content-Security-Policy": _POLICY}
        )

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _ASSETS:
            return PlainTextResponse("no such file\n", 404)
        return FileResponse(data_path("explorer", name), media_type=_ASSETS[name])

    async def guard(request: Request, follow: Callable[[Request], Awaitable[Response]]) -> Response:
        origin = request.headers.get("origin")
        own = origin is None or urlsplit(origin).netloc == request.headers.get("host")
        if not own and origin not in origins and "*" not in origins:
            return PlainTextResponse("requests from this origin are not allowed\n", 403)
        response = await follow(request)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        pool.close()

    middleware = [
        Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        Middleware(BaseHTTPMiddleware, dispatch=guard),
    ]
    if origins:
        middleware.append(
            Middleware(CORSMiddleware, allow_origins=list(origins), allow_methods=["GET", "POST"])
        )
    sparql = _endpoint(pool)
    return Starlette(
        routes=[
            Route("/", home),
            Route("/editor", editor),
            Route("/assets/{name}", asset),
            Route("/sparql", sparql, methods=["GET", "POST"]),
        ],
        middleware=middleware,
        lifespan=lifespan,
    )


def serve(app: Starlette, *, host: str, port: int) -> None:
    """Runs the application until it is interrupted."""
    import uvicorn

    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


def _endpoint(pool: Pool) -> Callable[[Request], Awaitable[Response]]:
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import PlainTextResponse, Response

    async def sparql(request: Request) -> Response:
        fields = parse_qs(request.url.query, keep_blank_values=True)
        if request.method == "POST":
            body = await _body(request)
            if body is None:
                return PlainTextResponse("the request is too large\n", 413)
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind == "application/sparql-query":
                fields.setdefault("query", []).append(body)
            elif kind == "application/x-www-form-urlencoded":
                for key, values in parse_qs(body, keep_blank_values=True).items():
                    fields.setdefault(key, []).extend(values)
            elif kind == "application/sparql-update":
                fields["update"] = [body]
            else:
                return PlainTextResponse(f"content type {kind or 'missing'} is not supported\n", 415)
        if "update" in fields:
            return PlainTextResponse("this endpoint is read-only: SPARQL Update is refused\n", 403)
        queries = fields.get("query", [])
        if len(queries) != 1:
            return PlainTextResponse(f"{len(queries)} queries in the request, expected one\n", 400)
        if reaches_out(queries[0]):
            return PlainTextResponse("SERVICE is refused: this endpoint asks no other\n", 403)
        question = Question(
            queries[0],
            _accepted(request.headers.get("accept", "")),
            tuple(fields.get("default-graph-uri", ())),
            tuple(fields.get("named-graph-uri", ())),
        )
        outcome: Answered | Refused = await run_in_threadpool(pool.ask, question)
        if isinstance(outcome, Refused):
            return PlainTextResponse(f"{outcome.message}\n", _STATUS[outcome.fault])
        return Response(outcome.body, media_type=outcome.media_type, headers={"Vary": "Accept"})

    return sparql


async def _body(request: Request) -> str | None:
    parts: list[bytes] = []
    async for part in request.stream():
        parts.append(part)
        if sum(map(len, parts)) > _MOST_BODY:
            return None
    return b"".join(parts).decode("utf-8", "replace")


def _accepted(header: str) -> tuple[str, ...]:
    """The media types of an Accept header, the most welcome first."""
    weighed: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weights = [piece[2:] for piece in parameters if piece.startswith("q=")]
        try:
            weight = float(weights[0]) if weights else 1.0
        except ValueError:
            weight = 0.0
        if media and weight > 0:
            weighed.append((-weight, place, media))
    return tuple(media for _, _, media in sorted(weighed))
