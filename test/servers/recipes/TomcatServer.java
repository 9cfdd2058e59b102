import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

@ServerEndpoint("/")
public class TomcatServer {
    private static final Set<Session> clients = ConcurrentHashMap.newKeySet();

    @OnOpen
    public void open(Session session) {
        // The default is 8 KiB.
        session.setMaxTextMessageBufferSize(1024 * 1024);
        clients.add(session);
    }

    @OnClose
    public void close(Session session) {
        clients.remove(session);
    }

    @OnMessage
    public String answer(String text) {
        return String.valueOf(text.length());
    }

    // Without this method, binary messages are ignored.
    @OnMessage
    public void reject(ByteBuffer data, Session session) throws IOException {
        session.close(new CloseReason(CloseCodes.CANNOT_ACCEPT, "This endpoint takes text"));
    }

    private static void closeAll() {
        for (Session session : clients) {
            try {
                session.close(new CloseReason(CloseCodes.SERVICE_RESTART, "Service restart"));
            } catch (IOException error) {
                // This client has just left.
            }
        }
    }

    public static void main(String[] args) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setPort(Integer.parseInt(System.getenv().getOrDefault("PORT", "8080")));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer(new WsSci(), Set.of(TomcatServer.class));
        Tomcat.addServlet(context, "default", new DefaultServlet());
        context.addServletMappingDecoded("/", "default", false);
        tomcat.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                tomcat.getConnector().pause();
                // When Tomcat stops, it closes what is still open with 1001.
                closeAll();
                tomcat.stop();
            } catch (Exception error) {
                error.printStackTrace();
            }
        }));
        System.out.println("Listening");
        tomcat.getServer().await();
    }
}
