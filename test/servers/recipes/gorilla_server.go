package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/gorilla/websocket"
)

var upgrader = websocket.Upgrader{}

// The connections, and the handlers that have not ended.
var clients sync.Map
var handlers sync.WaitGroup

// WriteControl may be called while another goroutine writes a message.
func closeWith(connection *websocket.Conn, code int, reason string) {
	message := websocket.FormatCloseMessage(code, reason)
	connection.WriteControl(websocket.CloseMessage, message, time.Now().Add(time.Second))
	// If the client does not answer in time, reading fails and the handler ends.
	connection.SetReadDeadline(time.Now().Add(5 * time.Second))
}

func endpoint(writer http.ResponseWriter, request *http.Request) {
	connection, err := upgrader.Upgrade(writer, request, nil)
	if err != nil {
		return
	}
	handlers.Add(1)
	clients.Store(connection, true)
	defer func() {
		clients.Delete(connection)
		connection.Close()
		handlers.Done()
	}()
	// A longer message is answered with 1009.
	connection.SetReadLimit(1024 * 1024)
	isRejected := false
	for {
		kind, message, err := connection.ReadMessage()
		if err != nil {
			return
		}
		if isRejected {
			continue
		}
		if kind != websocket.TextMessage {
			closeWith(connection, websocket.CloseUnsupportedData, "This endpoint takes text")
			isRejected = true
			continue
		}
		connection.WriteMessage(websocket.TextMessage, []byte(strconv.Itoa(len(message))))
	}
}

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err != nil {
		panic(err)
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	fmt.Println("Listening")
	server := &http.Server{Handler: http.HandlerFunc(endpoint)}
	go server.Serve(listener)

	<-stop
	// Shutdown stops listening. It knows nothing of WebSocket connections, so they are closed here.
	server.Shutdown(context.Background())
	clients.Range(func(connection, _ any) bool {
		closeWith(connection.(*websocket.Conn), websocket.CloseServiceRestart, "Service restart")
		return true
	})
	handlers.Wait()
}
