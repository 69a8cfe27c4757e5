package tokenly.tool.verify.fault;

import tokenly.tool.faults.Fault;
import tokenly.tool.verify.schedule.FaultEvent;

/** A fault of the proxy, for as long as it lasts. */
final class ProxyInjector implements FaultInjector {

    private final FaultTargets stage;
    private final Fault fault;

    /** {@code expression} is one of {@link Fault#parse}. */
    ProxyInjector(FaultTargets stage, String expression) {
        this.stage = stage;
        this.fault = Fault.parse(expression);
    }

    @Override
    public void begin(FaultEvent event) {
        stage.proxy(event).add(fault);
    }

    @Override
    public void end(FaultEvent event) {
        stage.proxy(event).remove(fault.name());
    }
}
