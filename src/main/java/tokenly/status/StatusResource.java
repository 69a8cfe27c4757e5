package tokenly.status;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code GET /status}: the reconnect model now (PROTOCOL.md, "Reconnecting"). It answers however busy the rooms are. */
@Path("/")
@RequestScoped
public class StatusResource {

    @Inject
    StatusSource source;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response status() {
        CacheControl fresh = new CacheControl();
        fresh.setNoStore(true);
        return Response.ok(StatusJson.of(source.status())).cacheControl(fresh).build();
    }
}
