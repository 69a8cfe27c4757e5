package tokenly.tool.text;

import java.util.Arrays;

/** All that the tools say, English and Korean side by side; {@code %1$s} and so on are filled in. */
public enum Text {
    // Help
    TOKENLY("The tools of Tokenly", "Tokenly 도구"),
    TOKENLY_FOOTER("""
            Help on a command: tokenly COMMAND --help
            Exit codes: 0 fine, 1 something did not hold or got in the way, 2 wrong usage""", """
            명령별 도움말: tokenly COMMAND --help
            종료 코드: 0 정상, 1 기대와 다르거나 문제가 생김, 2 잘못된 사용법"""),
    USAGE("Usage:", "사용법:"),
    PARAMETERS("Parameters:", "인자:"),
    OPTIONS("Options:", "옵션:"),
    COMMANDS("Commands:", "명령:"),
    HELP_COMMAND("Shows the help of a command", "명령의 도움말을 보여 줍니다"),
    HELP_PARAMETER("The command. Without it: the help of all.", "명령. 생략하면 전체 도움말을 보여 줍니다."),
    HELP_OPTION("Show this help.", "이 도움말을 보여줍니다."),
    VERSION_OPTION("Show the version.", "버전을 보여줍니다."),
    LANG_OPTION("Language of the output; by default that of the system.", "출력 언어. 기본값은 시스템 언어입니다."),
    FAULTS("A TCP proxy that does to connections what networks do", "네트워크 장애를 일으키는 TCP 프록시"),
    FAULTS_DESCRIPTION(
            "Leads each connection to another port and does the FAULTs to it, until it is told to quit. While it runs it is steered by keys, by lines on standard input, and over HTTP.",
            "들어온 연결을 다른 포트로 이어 주면서 지정한 장애(FAULT)를 일으킵니다. 실행 중에 키, 표준 입력의 줄, HTTP로 조종할 수 있습니다."),
    FAULTS_FOOTER("""
            Faults, for one direction with upstream: (client to server) or downstream: before it:
              latency=TIME[,jitter=TIME]  everything arrives later
              down                        connections are refused, present ones closed
              timeout=TIME                nothing passes; closed after TIME
              blackhole, timeout=0        nothing passes, and nothing is closed
              reset_peer[=TIME]           connections are reset (RST) after TIME
              slow_close=TIME             the end of a connection arrives later
              bandwidth=RATE              no more passes per second
              slicer=SIZE[,variation=SIZE][,delay=TIME]
                                          data arrives in small pieces
              limit_data=SIZE             connections are closed after SIZE bytes
            TIME: 100ms, 2s, 1m. SIZE: 100, 4kb, 1mb. RATE: 500b, 64kb, 2mb. 1kb = 1000 bytes.

            HTTP: GET /faults, POST /faults, DELETE /faults/NAME, POST /reset, GET /connections

            Example: tokenly faults --listen 3004 --to 3003 latency=100ms,jitter=20ms""", """
            장애. 한 방향에만 쓰려면 앞에 upstream:(클라이언트→서버)이나 downstream:을 붙입니다:
              latency=TIME[,jitter=TIME]  모든 것이 늦게 도착
              down                        새 연결을 거부하고 기존 연결을 닫음
              timeout=TIME                아무것도 통과하지 못하고 TIME 뒤에 닫힘
              blackhole, timeout=0        아무것도 통과하지 못하고 닫히지도 않음
              reset_peer[=TIME]           TIME 뒤에 연결을 리셋(RST)
              slow_close=TIME             연결의 끝이 늦게 도착
              bandwidth=RATE              초당 이만큼만 통과
              slicer=SIZE[,variation=SIZE][,delay=TIME]
                                          데이터가 작은 조각으로 도착
              limit_data=SIZE             SIZE바이트 뒤에 연결을 닫음
            TIME: 100ms, 2s, 1m. SIZE: 100, 4kb, 1mb. RATE: 500b, 64kb, 2mb. 1kb = 1000바이트.

            HTTP: GET /faults, POST /faults, DELETE /faults/NAME, POST /reset, GET /connections

            예: tokenly faults --listen 3004 --to 3003 latency=100ms,jitter=20ms"""),
    LISTEN_OPTION(
            "Where clients connect; 0 takes a free port. Default: 3004", "클라이언트가 연결할 곳. 0이면 빈 포트를 씁니다. 기본값: 3004"),
    TO_OPTION("Where their connections are led. Default: 3003", "연결을 이어 줄 곳. 기본값: 3003"),
    API_OPTION("Be steered over HTTP on this port of 127.0.0.1.", "127.0.0.1의 이 포트에서 HTTP로 조종합니다."),
    SEED_OPTION(
            "Of all random decisions; by default a random one, which is shown.",
            "모든 무작위 결정의 시드. 기본값은 임의의 값이며 화면에 나옵니다."),
    JSON_OPTION("One JSON object per line instead of text.", "글 대신 한 줄에 JSON 객체 하나씩 출력합니다."),
    SCENARIO("Plays the scenarios of the reconnect guide", "재연결 안내서의 시나리오를 실행합니다"),
    SCENARIO_DESCRIPTION(
            "Starts real servers and clients of its own, does to them what the guide says, and tells what happens. Nothing that runs already is touched.",
            "서버와 클라이언트를 직접 시작하고, 안내서대로 장애를 일으키며 무슨 일이 일어나는지 알려 줍니다. 이미 실행 중인 것은 건드리지 않습니다."),
    SCENARIO_FOOTER("Example: tokenly scenario normal-reconnect", "예: tokenly scenario normal-reconnect"),
    SCENARIO_PARAMETER(
            "The scenarios to play, one after the other; 'list' names them, 'all' plays all.",
            "차례로 실행할 시나리오. 'list'는 이름을 보여 주고 'all'은 모두 실행합니다."),
    UNKNOWN_SCENARIO("There is no scenario '%1$s'. There are:\n%2$s", "'%1$s'(이)라는 시나리오가 없습니다. 있는 것:\n%2$s"),
    MISSING_PART(
            "%1$s is missing. Build it first, in the project's directory: mvn package -DskipTests",
            "%1$s이(가) 없습니다. 먼저 프로젝트 디렉터리에서 빌드하세요: mvn package -DskipTests"),
    FAULT_PARAMETER("Faults to begin with; see below.", "처음부터 일으킬 장애. 아래를 보세요."),

    // The command line
    UNKNOWN_ARGUMENT("Unknown command or argument: %1$s", "알 수 없는 명령 또는 인자입니다: %1$s"),
    MISSING_ARGUMENT("Missing: %1$s", "빠진 인자가 있습니다: %1$s"),
    SEE_HELP("See: %1$s --help", "도움말: %1$s --help"),
    BAD_ADDRESS(
            "'%1$s' is no address. Write a port, 3003, or a host and a port, example.org:3003.",
            "'%1$s'은(는) 주소가 아닙니다. 포트(3003)나 호스트와 포트(example.org:3003)를 쓰세요."),
    UNKNOWN_HOST("No host is called '%1$s'. Check the name.", "'%1$s'(이)라는 호스트가 없습니다. 이름을 확인하세요."),
    CANNOT_LISTEN(
            "Cannot listen at %1$s: %2$s. Choose another port with %3$s.",
            "%1$s에서 기다릴 수 없습니다: %2$s. %3$s(으)로 다른 포트를 고르세요."),

    // A running fault proxy
    LISTENING("listening at %1$s, leading to %2$s (seed %3$s)", "%1$s에서 기다리며 %2$s(으)로 이어 줍니다 (시드 %3$s)"),
    API_AT("steer it at %1$s", "조종할 주소: %1$s"),
    KEYS(
            "Keys: d down, b blackhole, l latency (each on and off), r reset connections, c clear, s state, q quit, : then a fault such as upstream:slow_close=2s, or -NAME to remove one",
            "키: d down, b 블랙홀, l 지연(각각 켜고 끄기), r 연결 리셋, c 모두 해제, s 상태, q 종료, : 다음에 upstream:slow_close=2s 같은 장애, 또는 -NAME으로 하나 해제"),
    CONNECTION_OPENED("connection %1$s opened from %2$s", "연결 %1$s 열림 (%2$s에서)"),
    CONNECTION_CLOSED(
            "connection %1$s closed %2$s; %3$s bytes up, %4$s down", "연결 %1$s 닫힘 (%2$s), 올림 %3$s바이트, 내림 %4$s바이트"),
    BY_ITS_ENDS("by its ends", "양쪽이 닫음"),
    BY_A_FAULT("by a fault", "장애로 닫음"),
    BY_A_RESET("by a reset", "리셋"),
    BY_THE_TARGET("because the target did not take it; is the server running?", "대상이 받지 않음, 서버가 실행 중인가요?"),
    FAULT_ADDED("fault on: %1$s", "장애 시작: %1$s"),
    FAULT_REMOVED("fault off: %1$s", "장애 해제: %1$s"),
    STATE(
            "%1$s connections open, %2$s in all, %3$s bytes up, %4$s down, %5$s held, faults: %6$s",
            "연결 %1$s개 열림, 모두 %2$s개, 올림 %3$s바이트, 내림 %4$s바이트, 보류 %5$s바이트, 장애: %6$s"),
    NO_FAULT("none", "없음"),
    NO_SUCH_NAME("No fault is called '%1$s'. See those in force with s.", "'%1$s'(이)라는 장애가 켜져 있지 않습니다. s로 확인하세요."),
    UNREACHABLE(
            "No server listens at %1$s yet. Start one there; connections are reset until then.",
            "%1$s에서 기다리는 서버가 아직 없습니다. 서버를 시작하세요. 그때까지 연결은 리셋됩니다."),
    ACCEPT_FAILED(
            "Connections cannot be accepted for now: %1$s. It is tried again.", "지금은 연결을 받을 수 없습니다: %1$s. 다시 시도합니다."),

    // The HTTP interface
    BAD_JSON("This is no fault in JSON: %1$s", "JSON으로 쓴 장애가 아닙니다: %1$s"),

    // Load: help
    LOAD("Puts load on a server and checks that it behaves", "서버에 부하를 주고 올바르게 동작하는지 확인"),
    LOAD_DESCRIPTION(
            "Opens N connections, each with a session of its own; drops them all at once, without a close frame; brings them all back; lets them all leave. After each step it checks what the server says at /status.",
            "세션을 하나씩 가진 연결 N개를 열고, 종료 프레임 없이 한꺼번에 끊었다가, 모두 다시 연결하고, 모두 정상적으로 나갑니다. 단계마다 서버의 /status를 확인합니다."),
    LOAD_FOOTER(
            "Each connection needs a file descriptor here and one at the server. More than a server allows one address, 1000 connections and 100 handshakes a second, need TOKENLY_GATEWAYS=127.0.0.0/8,::1 and TOKENLY_CONNECTIONS_MAX=12000 there; servers that a COMMAND starts have both. The COMMANDs measure something else each. Example: tokenly load --connections 10000 --json > result.json",
            "연결마다 파일 디스크립터가 이쪽과 서버에 하나씩 필요합니다. 서버가 주소 하나에 허용하는 것(연결 1000개, 초당 핸드셰이크 100번)보다 많으면 서버에 TOKENLY_GATEWAYS=127.0.0.0/8,::1과 TOKENLY_CONNECTIONS_MAX=12000이 필요합니다. 하위 명령이 직접 시작하는 서버에는 둘 다 설정됩니다. 하위 명령은 각각 다른 것을 측정합니다. 예: tokenly load --connections 10000 --json > result.json"),
    CONNECTIONS_OPTION("How many. Default: 10000", "연결 수. 기본값: 10000"),
    URL_OPTION("Of the server. Default: ws://localhost:3003/rtc", "서버 주소. 기본값: ws://localhost:3003/rtc"),
    ROOMS_OF_OPTION("Sessions in each room. Default: 2", "방 하나의 세션 수. 기본값: 2"),
    JSON_RESULT_OPTION("One JSON object instead of a table.", "표 대신 JSON 객체 하나를 출력합니다."),

    // Load: what is measured
    LOAD_RELAY("Measures how many messages go through", "처리량 측정: 메시지가 얼마나 많이 전달되는지"),
    LOAD_RELAY_DESCRIPTION(
            "Each pair's sender keeps a number of messages in flight and sends the next when one has arrived; receivers acknowledge as real clients do. Starts a server of its own with the store on, unless --url names one.",
            "쌍마다 보내는 쪽이 전송 중인 메시지 수를 일정하게 유지하며, 하나가 도착하면 다음 것을 보냅니다. 받는 쪽은 실제 클라이언트처럼 확인 응답을 보냅니다. --url로 지정하지 않으면 저장소를 켠 서버를 직접 시작합니다."),
    LOAD_RELAY_FOOTER("Example: tokenly load relay --compare --rounds 3", "예: tokenly load relay --compare --rounds 3"),
    LOAD_LATENCY("Measures how long messages take", "지연 시간 측정: 메시지가 도착하는 데 걸리는 시간"),
    LOAD_LATENCY_DESCRIPTION(
            "Sends messages at even intervals, each at its time whatever became of those before, and counts how long each takes from then until its receiver has it. Starts a server of its own with the store on, unless --url names one.",
            "앞선 메시지와 상관없이 일정한 간격으로 보내고, 보내야 할 시각부터 받는 쪽에 도착할 때까지의 시간을 잽니다. --url로 지정하지 않으면 저장소를 켠 서버를 직접 시작합니다."),
    LOAD_LATENCY_FOOTER(
            "Example: tokenly load latency --rate 2000 --compare", "예: tokenly load latency --rate 2000 --compare"),
    LATENCY_RATE_OPTION("Messages per second of all pairs together. Default: 2000", "모든 쌍을 합친 초당 메시지 수. 기본값: 2000"),
    LOAD_STORM("Measures how fast a crowd comes back", "재접속 폭주 측정: 많은 세션이 얼마나 빨리 돌아오는지"),
    LOAD_STORM_DESCRIPTION(
            "Cuts all sessions at once, sends each of them messages that it misses, and lets all come back as fast as they can; each is back when it is resumed and has got what it missed. Of a plain relay the same number of fresh connections is measured.",
            "모든 세션을 한꺼번에 끊고, 그동안 놓칠 메시지를 각각에게 보낸 뒤, 모두 최대한 빨리 돌아오게 합니다. 세션이 이어지고 놓친 메시지를 모두 받아야 돌아온 것입니다. 단순 중계기는 같은 수의 새 연결을 측정합니다."),
    LOAD_STORM_FOOTER(
            "Example: tokenly load storm --sessions 5000 --compare", "예: tokenly load storm --sessions 5000 --compare"),
    STORM_SESSIONS_OPTION("How many. Default: 5000", "세션 수. 기본값: 5000"),
    MISSED_OPTION("Messages that each misses. Default: 5", "세션마다 놓치는 메시지 수. 기본값: 5"),
    LOAD_IDLE("Measures what sessions cost that do nothing", "유휴 비용 측정: 아무것도 하지 않는 세션의 메모리"),
    LOAD_IDLE_DESCRIPTION(
            "Measures the memory of the server for each connected session, and, when all are cut, for each that waits; each alone in a room. It asks the JVM by jcmd, so the server must be on this machine.",
            "연결된 세션 하나와, 모두 끊긴 뒤 기다리는 세션 하나가 서버에서 차지하는 메모리를 잽니다. 세션마다 방이 하나입니다. jcmd로 JVM에 물어보므로 서버가 이 컴퓨터에 있어야 합니다."),
    LOAD_IDLE_FOOTER("Example: tokenly load idle --compare", "예: tokenly load idle --compare"),
    LOAD_RESTART("Measures how fast a killed server serves again", "재시작 측정: 강제 종료된 서버가 다시 서비스하기까지"),
    LOAD_RESTART_DESCRIPTION(
            "Fills mailboxes of sessions that wait, kills the server with -9, starts it again, and measures how long it takes until /status shows all of them; in turns with one whose store is empty.",
            "기다리는 세션의 메일함을 채우고, 서버를 kill -9로 죽였다가 다시 시작해, /status에 모든 세션이 보일 때까지의 시간을 잽니다. 저장소가 빈 서버와 번갈아 측정합니다."),
    LOAD_RESTART_FOOTER("Example: tokenly load restart --records 100000", "예: tokenly load restart --records 100000"),
    RECORDS_OPTION("Signals that wait in all mailboxes together. Default: 100000", "모든 메일함에서 기다리는 신호 수. 기본값: 100000"),
    RESTART_SESSIONS_OPTION("Mailboxes that they are in. Default: 1000", "그 신호가 든 메일함 수. 기본값: 1000"),
    NEEDS_PID("%1$s asks the server's process: name it with --pid.", "%1$s은(는) 서버 프로세스에 물어봅니다. --pid로 지정하세요."),
    PAIRS_OPTION(
            "Senders, each with a receiver in a room of their own. Default: 200",
            "보내는 쪽과 받는 쪽의 쌍 수. 쌍마다 방이 하나입니다. 기본값: 200"),
    SIZE_OPTION("Bytes of each message, the whole frame. Default: 200", "메시지 하나의 바이트 수(프레임 전체). 기본값: 200"),
    IN_FLIGHT_OPTION(
            "Messages of each pair that are sent and not received yet. Default: 16",
            "쌍마다 보냈지만 아직 받지 않은 메시지 수. 기본값: 16"),
    WINDOW_OPTION("How long is measured in each round. Default: 10", "라운드마다 측정하는 시간(초). 기본값: 10"),
    WARM_UP_OPTION("How long it goes on before that, in seconds. Default: 5", "측정 전에 예열하는 시간(초). 기본값: 5"),
    BENCH_URL_OPTION(
            "Measure this server, which runs already, instead of one of its own.", "직접 시작하는 대신 이미 실행 중인 이 서버를 측정합니다."),
    PID_OPTION(
            "Its process, for the processor time; only with --url.", "그 서버의 프로세스 번호. 프로세서 시간을 재는 데 쓰며 --url과 함께만 씁니다."),
    COMPARE_OPTION(
            "Measure a plain relay on the same kind of server, too, in turns, for the ratio. It needs the test classes: mvn test-compile",
            "같은 종류의 서버에서 단순 중계기도 번갈아 측정해 비율을 구합니다. 테스트 클래스가 필요합니다: mvn test-compile"),
    ROUNDS_OPTION("How often each is measured. Default: 3", "각각 측정하는 횟수. 기본값: 3"),
    SET_OPTION(
            "Another setting of the server that is started, such as TOKENLY_STORE=memory; may be repeated.",
            "시작하는 서버의 다른 설정. 예: TOKENLY_STORE=memory. 여러 번 쓸 수 있습니다."),
    NOT_WITH_URL("%1$s needs a server of its own: leave --url out.", "%1$s에는 직접 시작하는 서버가 필요합니다. --url을 빼세요."),
    PID_WITHOUT_URL(
            "--pid names the process of the server at --url: name that, too.",
            "--pid는 --url 서버의 프로세스입니다. --url도 지정하세요."),
    OPTION_TOO_SMALL("%1$s cannot be %2$s. It goes from %3$s on.", "%1$s 값으로 %2$s은(는) 쓸 수 없습니다. %3$s부터입니다."),
    NO_TEST_CLASSES(
            "The plain relay is not built: %1$s is missing. Build it first: mvn -q test-compile",
            "단순 중계기가 빌드되지 않았습니다: %1$s이(가) 없습니다. 먼저 빌드하세요: mvn -q test-compile"),
    BENCH_FAILED("It cannot be measured: %1$s", "측정할 수 없습니다: %1$s"),
    BENCH_PROGRESS("round %1$s of %2$s, %3$s: %4$s, %5$s s", "라운드 %1$s/%2$s, %3$s: %4$s, %5$s초"),
    BENCH_STARTING("%1$s: %2$s, %3$s s", "%1$s: %2$s, %3$s초"),
    STAGE_STARTING("the server starts", "서버 시작"),
    STAGE_JOINING("all join", "입장"),
    STAGE_WARMING_UP("warming up", "예열"),
    STAGE_MEASURING("measuring", "측정"),
    STAGE_ENDING("all leave", "마무리"),
    CONTENDER_PLAIN("plain relay", "단순 중계기"),
    CONTENDER_EMPTY("empty store", "빈 저장소"),
    CONTENDER_TOKENLY("Tokenly", "Tokenly"),
    BENCH_MACHINE(
            "%1$s cores, JDK %2$s, %3$s, load average %4$s before it began",
            "코어 %1$s개, JDK %2$s, %3$s, 시작 전 부하 평균 %4$s"),
    BENCH_ROUND("round", "라운드"),
    BENCH_MEDIAN("median", "중앙값"),
    BENCH_DIFFERENCE("difference", "차이"),
    BENCH_RATIO("ratio", "비율"),
    BENCH_FAULT("round %1$s, %2$s: %3$s times %4$s", "라운드 %1$s, %2$s: %4$s %3$s번"),
    FIGURE_MESSAGES_PER_SECOND("messages/s", "메시지/초"),
    FIGURE_SERVER_CPU_SECONDS("server CPU s per 100,000", "서버 CPU 초(10만 개당)"),
    FIGURE_GENERATOR_CPU_SECONDS("generator CPU s per 100,000", "부하 발생기 CPU 초(10만 개당)"),
    FIGURE_P50_MICROS("p50 us", "p50 us"),
    FIGURE_P99_MICROS("p99 us", "p99 us"),
    FIGURE_P999_MICROS("p99.9 us", "p99.9 us"),
    FIGURE_LATE_P99_MICROS("sent late, p99 us", "늦게 보냄, p99 us"),
    FIGURE_RETURNS_PER_SECOND("back per second", "초당 복귀"),
    FIGURE_CONNECTED_HEAP_BYTES("heap per connected, bytes", "연결당 힙, 바이트"),
    FIGURE_CONNECTED_RESIDENT_BYTES("resident per connected, bytes", "연결당 상주 메모리, 바이트"),
    FIGURE_WAITING_HEAP_BYTES("heap per waiting, bytes", "대기 세션당 힙, 바이트"),
    FIGURE_START_SECONDS("start, s", "시작, 초"),

    // Load: before and while it runs
    BAD_URL(
            "'%1$s' is no URL of a WebSocket that this can use. Write ws://HOST:PORT/rtc.",
            "'%1$s'은(는) 쓸 수 있는 WebSocket 주소가 아닙니다. ws://HOST:PORT/rtc처럼 쓰세요."),
    OPTION_OUT_OF_RANGE("%1$s cannot be %2$s. It goes from 1 to %3$s.", "%1$s 값으로 %2$s은(는) 쓸 수 없습니다. 1부터 %3$s까지입니다."),
    TOO_FEW_DESCRIPTORS(
            "%1$s connections need %2$s file descriptors, but this process may have %3$s. Raise the limit for this shell: ulimit -Hn %2$s (as root), then ulimit -n %2$s; or use --connections %4$s.",
            "연결 %1$s개에는 파일 디스크립터 %2$s개가 필요하지만 이 프로세스의 한도는 %3$s개입니다. 이 셸의 한도를 올리거나(root로 ulimit -Hn %2$s, 그다음 ulimit -n %2$s) --connections %4$s을(를) 쓰세요."),
    NO_SERVER(
            "No server answers at %1$s (%2$s). Is the server running? Start it with mvn jetty:run, or name another with --url.",
            "%1$s에서 응답하는 서버가 없습니다(%2$s). 서버가 실행 중인가요? mvn jetty:run으로 시작하거나 --url로 다른 서버를 지정하세요."),
    LOAD_PROGRESS("%1$s: %2$s of %3$s, %4$s failed, %5$s s", "%1$s: %3$s개 중 %2$s개, 실패 %4$s개, %5$s초"),

    // Load: the result
    LOAD_RUN("%1$s: %2$s to %3$s, rooms of %4$s", "%1$s: %3$s(으)로 %2$s개, 방마다 %4$s개"),
    PHASE("phase", "단계"),
    COUNT("count", "개수"),
    FAILED("failed", "실패"),
    SECONDS("seconds", "초"),
    PER_SECOND("per second", "초당"),
    NO_ANSWER("no answer", "응답 없음"),
    PHASE_CONNECT("connect", "연결"),
    PHASE_DROP("drop", "끊김"),
    PHASE_RETURN("return", "복귀"),
    PHASE_LEAVE("leave", "나가기"),
    LOAD_FINE("All as expected.", "모두 기대한 대로입니다."),
    LOAD_FAILURE("%1$s: %2$s failed: %3$s. %4$s", "%1$s: %2$s개 실패: %3$s. %4$s"),
    LOAD_STATUS_WRONG(
            "%1$s: /status says %2$s, expected %3$s. If no other client used the server meanwhile, look into its log.",
            "%1$s: /status는 %2$s, 기대한 값은 %3$s입니다. 그동안 다른 사용자가 없었다면 서버 로그를 확인하세요."),
    ADVICE_REFUSED("Nothing listens there any more: is the server running?", "그 주소에서 기다리는 서버가 없습니다. 서버가 실행 중인가요?"),
    ADVICE_UNREACHABLE(
            "Check the network, and the limits of the server's file descriptors and accept queue.",
            "네트워크, 그리고 서버의 파일 디스크립터 한도와 연결 대기열을 확인하세요."),
    ADVICE_NO_LOCAL_PORT(
            "All local ports are in use; wait a minute, widen net.ipv4.ip_local_port_range, or use fewer --connections.",
            "로컬 포트를 모두 썼습니다. 1분쯤 기다리거나 net.ipv4.ip_local_port_range를 넓히거나 --connections를 줄이세요."),
    ADVICE_NO_DESCRIPTOR(
            "This process may open no more files: raise ulimit -n, or use fewer --connections.",
            "이 프로세스가 더 이상 파일을 열 수 없습니다. ulimit -n을 올리거나 --connections를 줄이세요."),
    ADVICE_LOST(
            "The server ended the connection without a close frame: look into its log, and at its limit of file descriptors.",
            "서버가 종료 프레임 없이 연결을 끊었습니다. 서버 로그와 파일 디스크립터 한도를 확인하세요."),
    ADVICE_TIMEOUT(
            "The server did not answer for 30 s: look at its log, its heap and its limit of file descriptors.",
            "서버가 30초 동안 응답하지 않았습니다. 서버 로그, 힙, 파일 디스크립터 한도를 확인하세요."),
    ADVICE_NOT_TRIED("The others took too long, so these were not tried.", "앞의 연결이 너무 오래 걸려 시도하지 않았습니다."),
    ADVICE_SERVER_FULL(
            "Raise TOKENLY_SESSIONS_MAX and TOKENLY_CONNECTIONS_MAX (its last tenth is for clients that resume) at the server, or use fewer --connections.",
            "서버의 TOKENLY_SESSIONS_MAX와 TOKENLY_CONNECTIONS_MAX(마지막 10분의 1은 다시 접속하는 클라이언트용)를 올리거나 --connections를 줄이세요."),
    ADVICE_CONNECTIONS_FULL(
            "The server has all its connections: raise TOKENLY_CONNECTIONS_MAX there, or use fewer --connections.",
            "서버의 연결이 가득 찼습니다. 서버의 TOKENLY_CONNECTIONS_MAX를 올리거나 --connections를 줄이세요."),
    ADVICE_LIMITED(
            "The server limits what one address may do: start it with TOKENLY_GATEWAYS set to the address of this machine (127.0.0.0/8,::1 on the same one), or use fewer --connections.",
            "서버가 주소 하나의 사용량을 제한합니다. TOKENLY_GATEWAYS에 이 컴퓨터의 주소(같은 컴퓨터라면 127.0.0.0/8,::1)를 넣어 서버를 시작하거나 --connections를 줄이세요."),
    ADVICE_ROOM_FULL(
            "Raise TOKENLY_ROOM_SESSIONS_MAX at the server, or use smaller --rooms-of.",
            "서버의 TOKENLY_ROOM_SESSIONS_MAX를 올리거나 --rooms-of를 줄이세요."),
    ADVICE_SESSION_IN_USE(
            "The server still holds the dropped connection for alive: look into its log.",
            "서버가 끊어진 연결을 아직 살아 있다고 봅니다. 서버 로그를 확인하세요."),
    ADVICE_BUSY(
            "Raise TOKENLY_ROOM_QUEUE_MAX at the server, or use smaller --rooms-of.",
            "서버의 TOKENLY_ROOM_QUEUE_MAX를 올리거나 --rooms-of를 줄이세요."),
    ADVICE_HTTP_404("No web socket is served there: check --url.", "그 주소에는 WebSocket이 없습니다. --url을 확인하세요."),
    ADVICE_OTHER("Look into the server's log.", "서버 로그를 확인하세요."),

    // Verify: help
    VERIFY("Proves that no signal is lost", "신호가 하나도 사라지지 않음을 증명합니다"),
    VERIFY_DESCRIPTION(
            "Starts a server of its own, or takes the one at --url, and puts a fault proxy before it. Its own server is started with TOKENLY_GATEWAYS=127.0.0.0/8,::1, so that no limit of one address or connection applies. Sessions in rooms send signals to each other while faults are done to them by a schedule that follows from --seed. Afterwards the whole history is checked.",
            "서버를 직접 시작하거나 --url의 서버를 쓰고, 그 앞에 장애 프록시를 둡니다. 직접 시작하는 서버에는 TOKENLY_GATEWAYS=127.0.0.0/8,::1을 설정해 주소나 연결 하나의 제한을 적용하지 않습니다. 방 안의 세션들이 서로 신호를 보내는 동안 --seed로 정해지는 일정에 따라 장애를 일으키고, 끝나면 모든 기록을 검사합니다."),
    VERIFY_FOOTER("""
            Faults:
              reset             connections are reset (RST)
              blackhole         nothing passes, and nothing is closed
              half-open         nothing passes from the server; the other direction works
              latency           everything arrives late
              slow-reader       a client reads slowly
              overflow *        a session is cut off and flooded until its mailbox is full
              duplicate-resume  a resume that was given up arrives late
              late-frames       frames of a replaced connection arrive after the new one has resumed
              takeover          another instance takes a session over
              freeze *          the server is stopped for a while (SIGSTOP)
              restart *         the server is stopped in good order, and started again
              kill *            the server is killed (kill -9), and started again; at least every 20 s
            * only with a server of its own

            Example: tokenly verify --minutes 15 --seed 42""", """
            장애:
              reset             연결을 리셋(RST)
              blackhole         아무것도 통과하지 못하고 닫히지도 않음
              half-open         서버에서 오는 것만 통과하지 못함
              latency           모든 것이 늦게 도착
              slow-reader       클라이언트가 느리게 읽음
              overflow *        세션을 끊어 두고 메일박스가 넘칠 때까지 신호를 보냄
              duplicate-resume  포기한 resume이 늦게 도착
              late-frames       교체된 연결의 프레임이 새 연결이 재개된 뒤에 도착
              takeover          다른 인스턴스가 세션을 넘겨받음
              freeze *          서버를 잠시 멈춤 (SIGSTOP)
              restart *         서버를 정상 종료하고 다시 시작
              kill *            서버를 강제 종료(kill -9)하고 다시 시작. 적어도 20초마다
            * 직접 시작한 서버에서만

            예: tokenly verify --minutes 15 --seed 42"""),
    MINUTES_OPTION("How long, in minutes.", "실행 시간(분)."),
    SECONDS_OPTION("How long, in seconds. Default: 30", "실행 시간(초). 기본값: 30"),
    SESSIONS_OPTION("How many. Default: 40", "세션 수. 기본값: 40"),
    ROOMS_OF_4_OPTION("Sessions in each room, at least 2. Default: 4", "방 하나의 세션 수, 최소 2. 기본값: 4"),
    RATE_OPTION(
            "Signals per second of all sessions together; 0 for as fast as they are acknowledged. Default: 1000",
            "모든 세션을 합친 초당 신호 수. 0이면 확인되는 대로 최대한 빨리 보냅니다. 기본값: 1000"),
    VERIFY_FAULTS_OPTION(
            "Which faults, with commas between them; 'all' or 'none'. Default: all",
            "일으킬 장애. 쉼표로 구분하며 'all'이나 'none'도 됩니다. 기본값: all"),
    VERIFY_URL_OPTION(
            "Use this server instead of one of its own; then nothing is done to the server itself.",
            "직접 시작하는 대신 이 서버를 씁니다. 이때 서버 자체에는 장애를 일으키지 않습니다."),
    PAGE_OPTION(
            "Where the page with the life lines goes. Default: target/verify.html",
            "생명선 페이지 파일. 기본값: target/verify.html"),
    HISTORY_OPTION("Write the whole history into this file, a line for each event.", "모든 기록을 한 줄에 한 사건씩 이 파일에 씁니다."),

    // Verify: before and while it runs
    UNKNOWN_VERIFY_FAULT("There is no fault '%1$s'. There are: %2$s", "'%1$s'(이)라는 장애는 없습니다. 다음이 있습니다: %2$s"),
    VERIFY_OUT_OF_RANGE(
            "%1$s cannot be %2$s. It goes from %3$s to %4$s.", "%1$s 값으로 %2$s은(는) 쓸 수 없습니다. %3$s부터 %4$s까지입니다."),
    CANNOT_WRITE(
            "Cannot write %1$s: %2$s. Name another file with %3$s.", "%1$s에 쓸 수 없습니다: %2$s. %3$s(으)로 다른 파일을 지정하세요."),
    VERIFY_BEGINS(
            "seed %1$s: %2$s sessions in %3$s rooms, %4$s s, %5$s faults; %6$s",
            "시드 %1$s: 세션 %2$s개, 방 %3$s개, %4$s초, 장애 %5$s번, %6$s"),
    OWN_SERVER("a server of its own, whose sessions must survive even kill -9", "직접 시작한 서버, kill -9 뒤에도 세션이 남아야 함"),
    GIVEN_SERVER(
            "the server at %1$s; left out, because they need a server of its own: %2$s",
            "%1$s의 서버, 직접 시작한 서버가 필요해서 뺀 장애: %2$s"),
    LONELY_SESSION(
            "%1$s sessions in rooms of %2$s leave one alone. Choose another --sessions or --rooms-of.",
            "세션 %1$s개를 %2$s개씩 방에 나누면 하나가 혼자 남습니다. --sessions나 --rooms-of를 바꾸세요."),
    VERIFY_PROGRESS(
            "%1$s s: %2$s events, %3$s signals under way, faults: %4$s", "%1$s초: 사건 %2$s, 전송 중 신호 %3$s, 장애: %4$s"),

    // Verify: the verdict
    VERIFY_VERDICT(
            "%1$s sent, %2$s delivered, %3$s refused by name%4$s, %5$s lost in silence, %6$s twice, %7$s out of order",
            "보냄 %1$s, 전달 %2$s, 이유를 알린 거절 %3$s%4$s, 알림 없는 유실 %5$s, 중복 %6$s, 순서 어긋남 %7$s"),
    VERIFY_FIGURES(
            "%1$s signals, each counted once for each of its addressees; %2$s faults, %3$s connections lost, %4$s resumed, %5$s reset, %6$s gone, %7$s taken over",
            "신호 %1$s개(받을 상대마다 하나로 셈). 장애 %2$s번, 끊긴 연결 %3$s, 재개 %4$s, 초기화 %5$s, 사라짐 %6$s, 인계 %7$s"),
    VERIFY_KILLS(
            "the server killed %1$s times, %2$s of them while it cleaned up its store",
            "서버 강제 종료 %1$s번, 그중 저장소를 정리하던 중 %2$s번"),
    VERIFY_SEED("The same again: %1$s", "다시 실행하려면: %1$s"),
    VERIFY_PAGE("The life lines: %1$s", "생명선 페이지: %1$s"),
    RULE_HOLDS("holds", "지켜짐"),
    RULE_BROKEN("broken %1$s times", "%1$s번 어긋남"),
    RULE_SKIPPED("not checked: others may use that server", "검사하지 않음: 다른 사용자가 있을 수 있는 서버"),
    RULE_NO_PHANTOM("Nothing is processed that was never sent", "아무도 보내지 않은 것은 처리되지 않습니다"),
    RULE_ONCE("No instance processes a signal twice", "한 인스턴스가 같은 신호를 두 번 처리하지 않습니다"),
    RULE_ORDER("The signals of one sender are processed in order", "한 보낸 이의 신호는 순서대로 처리됩니다"),
    RULE_NO_GAP("None is missing between two of one sender", "한 보낸 이의 두 신호 사이에 빠진 것이 없습니다"),
    RULE_NOTHING_LOST("Every signal is processed, or named to one side", "모든 신호는 처리되거나 한쪽에 이름으로 알려집니다"),
    RULE_ACKS("Acknowledgements only grow, and cover only what was sent", "확인 번호는 커지기만 하고, 보낸 것까지만 확인합니다"),
    RULE_FENCE("Nothing of an older attachment counts after the new one", "새 연결이 이어진 뒤에는 이전 연결의 것이 효력이 없습니다"),
    RULE_NUMBERS("Mailboxes are numbered without a gap", "메일박스 번호에 빈틈이 없습니다"),
    RULE_MEMBERSHIP("Every peer sees who is in the room", "방에 누가 있는지 모두 바르게 압니다"),
    RULE_RESETS("No session begins anew without a cause in the schedule", "일정에 원인이 없는 초기화는 없습니다"),
    RULE_RESUMES("Every resume has an outcome, and in the end all are back", "모든 재개에는 결과가 있고, 끝에는 모두 돌아옵니다"),
    RULE_BOUNDS("No buffer grows over its bound", "어떤 버퍼도 한도를 넘지 않습니다"),
    RULE_STATUS("/status says what the history says", "/status가 기록과 같습니다"),

    // Verify: the page
    PAGE_LEGEND_HELD("connected", "연결됨"),
    PAGE_LEGEND_AWAY("away, its place is held", "끊김, 자리 유지"),
    PAGE_LEGEND_FAULT("fault", "장애"),
    PAGE_LEGEND_SERVER("server fault", "서버 장애"),
    PAGE_LEGEND_KILL("server killed (kill -9)", "서버 강제 종료(kill -9)"),
    PAGE_LEGEND_RESUMED("resumed, nothing lost", "재개, 유실 없음"),
    PAGE_LEGEND_RESET("begun anew, by name", "이름을 밝히고 새로 시작"),
    PAGE_LEGEND_VIOLATION("violation", "위반"),
    PAGE_LINES("Life lines of %1$s of %2$s sessions", "세션 %2$s개 중 %1$s개의 생명선"),
    PAGE_RULES("Rules", "규칙"),
    PAGE_FAULTS("Faults", "장애"),
    PAGE_PROOF("What breaks them", "위반 내용"),
    PAGE_HELP(
            "Time goes from left to right, a line for each session. Point at a mark for what it is.",
            "시간은 왼쪽에서 오른쪽으로, 세션마다 한 줄입니다. 표시를 가리키면 설명이 나옵니다."),

    // Fault expressions
    UNKNOWN_FAULT(
            "There is no fault '%1$s'. There are:\n%2$s", //
            "'%1$s'(이)라는 장애는 없습니다. 다음이 있습니다:\n%2$s"),
    UNKNOWN_STREAM(
            "There is no direction '%1$s'. Write upstream: (client to server) or downstream: (server to client), or neither for both.",
            "'%1$s'(이)라는 방향은 없습니다. upstream:(클라이언트에서 서버로) 또는 downstream:(서버에서 클라이언트로)을 쓰거나, 양방향이면 생략하세요."),
    UNKNOWN_ATTRIBUTE("%1$s has no attribute '%2$s'. Write: %3$s", "%1$s에는 '%2$s' 속성이 없습니다. 이렇게 쓰세요: %3$s"),
    MISSING_VALUE("%1$s needs its %2$s. Write: %3$s", "%1$s에는 %2$s 값이 필요합니다. 이렇게 쓰세요: %3$s"),
    VALUE_TWICE("%1$s has its %2$s twice. Write it once.", "%1$s의 %2$s 값이 두 번 나옵니다. 한 번만 쓰세요."),
    BAD_VALUE("%1$s cannot be '%2$s'. Write %3$s.", "%1$s 값으로 '%2$s'은(는) 쓸 수 없습니다. %3$s 쓰세요."),
    OUT_OF_RANGE("%1$s cannot be %2$s. It goes from %3$s to %4$s.", "%1$s 값으로 %2$s은(는) 쓸 수 없습니다. %3$s부터 %4$s까지입니다."),
    DOWN_HAS_NO_STREAM("down has no direction. Write: down", "down에는 방향이 없습니다. 이렇게 쓰세요: down"),
    A_DURATION("a time with its unit, such as 100ms, 2s or 1m", "100ms, 2s, 1m처럼 단위가 있는 시간을"),
    A_SIZE("a number of bytes, such as 100 or 4kb", "100, 4kb처럼 바이트 수를"),
    A_RATE("an amount per second with its unit, such as 500b, 64kb or 2mb", "500b, 64kb, 2mb처럼 단위가 있는 초당 양을");

    private final String english;
    private final String korean;

    Text(String english, String korean) {
        this.english = english;
        this.korean = korean;
    }

    /** This text with its placeholders filled in; a {@link Text} among the values is said in the same language. */
    public String in(Language language, Object... values) {
        Object[] said = Arrays.stream(values)
                .map(value -> value instanceof Text text ? text.in(language) : value)
                .toArray();
        return template(language).formatted(said);
    }

    /** This text as it stands in the table. */
    public String template(Language language) {
        return language == Language.KO ? korean : english;
    }
}
