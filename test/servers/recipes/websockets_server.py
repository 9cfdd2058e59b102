import asyncio
import os
import signal

import websockets

clients = set()


async def endpoint(websocket):
    clients.add(websocket)
    try:
        async for message in websocket:
            if not isinstance(message, str):
                await websocket.close(1003, "This endpoint takes text")
                return
            await websocket.send(str(len(message)))
    finally:
        clients.discard(websocket)


async def main():
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    port = int(os.environ.get("PORT", 8080))
    async with websockets.serve(endpoint, "127.0.0.1", port, max_size=1024 * 1024):
        print("Listening", flush=True)
        await stop.wait()
        # The end of this block would close each connection with 1001.
        await asyncio.gather(*[client.close(1012, "Service restart") for client in clients])


asyncio.run(main())
