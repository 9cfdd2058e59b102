import os

from aiohttp import WSMsgType, web

clients = set()
is_stopping = False


async def endpoint(request):
    websocket = web.WebSocketResponse(max_msg_size=1024 * 1024, heartbeat=20)
    await websocket.prepare(request)
    clients.add(websocket)
    try:
        async for message in websocket:
            if message.type == WSMsgType.BINARY:
                await websocket.close(code=1003, message=b"This endpoint takes text")
            elif message.type == WSMsgType.TEXT:
                await websocket.send_str(str(len(message.data)))
    finally:
        clients.discard(websocket)
    if is_stopping:
        # At the end of the handler, aiohttp would close with 1000.
        await websocket.close(code=1012, message=b"Service restart")
    return websocket


async def close_all(_):
    global is_stopping
    is_stopping = True
    # This ends the loop of each handler, which then closes its connection itself.
    for websocket in set(clients):
        await websocket.close(code=1012, message=b"Service restart")


app = web.Application()
app.add_routes([web.get("/", endpoint)])
app.on_shutdown.append(close_all)
web.run_app(app, host="127.0.0.1", port=int(os.environ.get("PORT", 8080)), shutdown_timeout=5)
