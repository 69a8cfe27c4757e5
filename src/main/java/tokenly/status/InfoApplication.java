package tokenly.status;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** JAX-RS below {@code /info} only: an application of its own, because {@link StatusApplication} may be for administrators. */
@ApplicationPath("/info")
public class InfoApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(InfoResource.class);
    }
}
