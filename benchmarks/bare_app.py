"""What we compare with: a bare aiohttp application on the default loop that returns a fixed JSON value."""

import asyncio
import json

from aiohttp import web

BALANCE = {"code": 0, "data": {"available": 100, "frozen": 0, "total": 100}}


async def balance(_: web.Request) -> web.Response:
    """Answer as the credits endpoint does, without knowing anything."""
    return web.json_response(BALANCE)


async def main() -> None:
    """Serve on a free port, and print where, until killed."""
    application = web.Application()
    application.router.add_get("/api/credits/balance/simple", balance)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    print(json.dumps({"event": "ready", "url": f"http://{host}:{port}"}), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
