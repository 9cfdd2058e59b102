require 'faye/websocket'

ping = ENV['PING'] && ENV['PING'].to_f

run lambda { |env|
  next [404, {}, []] unless Faye::WebSocket.websocket?(env)

  socket = Faye::WebSocket.new(env, nil, ping: ping)
  socket.on(:message) { |event| socket.send(event.data.length.to_s) }
  socket.rack_response
}
