import asyncio
import os
import signal

from hypercorn.asyncio import serve
from hypercorn.config import Config

from starlette_app import MAX_LENGTH, app, close_all


async def main():
    config = Config()
    config.bind = [f"127.0.0.1:{os.environ.get('PORT', 8080)}"]
    config.websocket_max_message_size = MAX_LENGTH
    config.websocket_ping_interval = 20

    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)

    async def until_stopped():
        await stop.wait()
        await close_all(1012, "Service restart")

    await serve(app, config, shutdown_trigger=until_stopped)


asyncio.run(main())
