package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/gorilla/websocket"
)

var upgrader = websocket.Upgrader{}

func endpoint(writer http.ResponseWriter, request *http.Request) {
	connection, err := upgrader.Upgrade(writer, request, nil)
	if err != nil {
		return
	}
	defer connection.Close()
	for {
		if limit, err := time.ParseDuration(os.Getenv("READ_DEADLINE")); err == nil {
			connection.SetReadDeadline(time.Now().Add(limit))
		}
		_, message, err := connection.ReadMessage()
		if err != nil {
			return
		}
		connection.WriteMessage(websocket.TextMessage, []byte(strconv.Itoa(len(message))))
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
	if err != nil {
		panic(err)
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	fmt.Println("Listening")
	server := &http.Server{Handler: http.HandlerFunc(endpoint)}
	go server.Serve(listener)

	<-stop
	server.Shutdown(context.Background())
}
