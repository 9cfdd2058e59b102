import asyncio
import os
import signal

import websockets


async def endpoint(websocket):
    async for message in websocket:
        await websocket.send(str(len(message)))


async def main():
    stop = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set_result, None)
    async with websockets.serve(
        endpoint,
        "127.0.0.1",
        int(os.environ["PORT"]),
        ping_interval=float(os.environ.get("PING_INTERVAL", 20)),
        ping_timeout=float(os.environ.get("PING_TIMEOUT", 20)),
    ):
        print("Listening", flush=True)
        await stop


asyncio.run(main())
