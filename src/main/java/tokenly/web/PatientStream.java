package tokenly.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** Writes to a client for as long as it is there, and drops the rest; logs at DEBUG. For one thread at a time. */
final class PatientStream extends ServletOutputStream {

    private static final System.Logger LOG = System.getLogger(PatientStream.class.getName());

    private final ServletOutputStream client;

    PatientStream(ServletOutputStream client) {
        this.client = client;
    }

    /** A write to a client. */
    interface Write {

        /** Writes; throws where the client is gone. */
        void run() throws IOException;
    }

    static void attempt(Write write) {
        try {
            write.run();
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "a client went away before it had its answer", gone);
        }
    }

    @Override
    public void write(int b) {
        attempt(() -> client.write(b));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        attempt(() -> client.write(bytes, offset, length));
    }

    @Override
    public void flush() {
        attempt(client::flush);
    }

    @Override
    public void close() {
        attempt(client::close);
    }

    @Override
    public boolean isReady() {
        return client.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        client.setWriteListener(listener);
    }
}
