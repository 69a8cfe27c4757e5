package tokenly.tool.load;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Tells how much processor time a process has taken: user and system, in steps of 10 ms on Linux. */
final class Cpu {

    private final Optional<ProcessHandle> process;

    private Cpu(Optional<ProcessHandle> process) {
        this.process = process;
    }

    /** Of another process; of none, nothing is known. */
    static Cpu of(OptionalLong pid) {
        return new Cpu(pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty());
    }

    static Cpu ofThisProcess() {
        return new Cpu(Optional.of(ProcessHandle.current()));
    }

    /** Since its start; empty if the system does not tell. */
    Optional<Duration> taken() {
        return process.flatMap(known -> known.info().totalCpuDuration());
    }
}
