require 'faye/websocket'
require 'set'

# Connections that are open. Only the thread of EventMachine changes it.
CLIENTS = Set.new

class ServerSocket < Faye::WebSocket
  # close() accepts 1000 and 3000 to 4999 only, as in a browser.
  def close_with(code, reason)
    @driver.close(reason, code)
  end
end

run lambda { |env|
  next [404, {}, []] unless Faye::WebSocket.websocket?(env)

  # The limit is exclusive, and pings keep idle connections alive.
  socket = ServerSocket.new(env, nil, max_length: 1024 * 1024, ping: 20)
  socket.on(:open) { CLIENTS << socket }
  socket.on(:close) { CLIENTS.delete(socket) }
  socket.on(:message) do |event|
    # A binary message arrives as an array of bytes.
    if event.data.is_a?(String)
      socket.send(event.data.length.to_s)
    else
      socket.close_with(1003, 'This endpoint takes text')
    end
  end
  socket.rack_response
}

# Puma has set its own handler before it loads this file. It is put back when all clients have left.
stop_puma = trap('TERM') do
  Thread.new do
    EventMachine.schedule do
      CLIENTS.each { |socket| socket.close_with(1012, 'Service restart') }
    end
    deadline = Time.now + 5
    sleep 0.05 until CLIENTS.empty? || Time.now > deadline
    trap('TERM', stop_puma)
    Process.kill('TERM', Process.pid)
  end
end
