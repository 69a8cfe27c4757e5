package tokenly.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import tokenly.access.Door;
import tokenly.access.HandshakeRules;
import tokenly.access.LimitHits;
import tokenly.access.Places;
import tokenly.access.Proxies;
import tokenly.access.StatusAccess;
import tokenly.session.Account;
import tokenly.session.Timer;
import tokenly.web.CrossOrigin;
import tokenly.web.TrustedProxies;

/** The parts that decide who may come in. */
@ApplicationScoped
public class AccessBeans {

    @Produces
    @Singleton
    CrossOrigin crossOrigin(Settings settings) {
        return settings.crossOrigin();
    }

    @Produces
    @Singleton
    TrustedProxies trustedProxies(Proxies proxies) {
        return proxies::include;
    }

    @Produces
    @Singleton
    HandshakeRules handshakeRules(Settings settings) {
        return new DoorSettings(settings).handshakeRules();
    }

    @Produces
    @Singleton
    StatusAccess statusAccess(Settings settings, Door door) {
        return new DoorSettings(settings).statusAccess(door);
    }

    @Produces
    @Singleton
    Proxies proxies(Settings settings) {
        return new Proxies(settings.addresses(Setting.PROXIES));
    }

    @Produces
    @Singleton
    Places places(Settings settings, Timer timer, LimitHits limitHits) {
        return new Places(
                settings.placeLimits(),
                settings.addresses(Setting.GATEWAYS),
                () -> new Account(settings.accountLimits()),
                timer,
                limitHits);
    }
}
