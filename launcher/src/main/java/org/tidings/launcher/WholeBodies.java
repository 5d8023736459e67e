package org.tidings.launcher;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CompletionHandler;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.MimeHeaders;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;

/**
 * Takes a request's body in whole before it gives the request a thread, so that nobody holds a thread by sending slowly or
 * not at all, and refuses what is too large, or in too many parts, before anything parses it (SEC-19).
 *
 * <p>Bodies of what only staff may send, who are known before a byte of it is read, go through as they come, a few at a time.
 */
final class WholeBodies extends BaseFilter {

    private static final int MOST_FIELDS = 200;
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_WAITING_OF_ONE_CLIENT = 32;
    /** Of bodies that may be large, so that all of them together fit the heap. */
    private static final int MOST_LARGE_WAITING = 16;
    /** Of bodies that go through, each of which holds a thread for as long as it takes to arrive. */
    private static final int MOST_GOING_THROUGH = 16;

    private static final long LOOK_EVERY_MILLIS = 250;
    /** So long a refused sender may go on sending, so that it reads why. */
    private static final long CLOSED_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    /** RFC 9110 section 5.6.2: with a blank at its end one server knows a name that another does not. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Attribute<Boolean> GOES_THROUGH = attribute("goes-through");
    private static final Attribute<Boolean> HANDED_OVER = attribute("handed-over");
    private static final Attribute<Long> PASSED = attribute("passed");
    private static final Attribute<Waiting> WAITING = attribute("waiting");
    private static final Attribute<Boolean> REFUSED = attribute("refused");

    private final Clients clients;
    private final RequestThreads threads;
    private final Refusals refusals;
    private final AtomicInteger goingThrough = new AtomicInteger();
    private final Map<String, AtomicInteger> perClient = new ConcurrentHashMap<>();
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final Map<Connection<?>, Long> closing = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "bodies");
        thread.setDaemon(true);
        return thread;
    });

    /** A body of which more is to come. */
    private record Waiting(Connection<?> connection, String client, boolean large, long until) {}

    WholeBodies(Clients clients, RequestThreads threads, Refusals refusals) {
        this.clients = clients;
        this.threads = threads;
        this.refusals = refusals;
        ScheduledFuture<?> unused =
                clock.scheduleWithFixedDelay(this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static <T> Attribute<T> attribute(String name) {
        return Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("tidings." + name);
    }

    @Override
    public NextAction handleRead(FilterChainContext context) {
        Connection<?> connection = context.getConnection();
        if (Boolean.TRUE.equals(REFUSED.get(connection))) {
            return context.getStopAction();
        }
        if (!(context.getMessage() instanceof HttpContent content)
                || !(content.getHttpHeader() instanceof HttpRequestPacket request)) {
            return context.getInvokeAction();
        }
        if (Boolean.TRUE.equals(GOES_THROUGH.get(request.getAttributes()))) {
            return passOn(context, content, request);
        }
        if (WAITING.get(connection) == null && (isMalformed(request) || isAmbiguous(request))) {
            return refuse(context, Refusal.MALFORMED);
        }
        if (request.isChunked()) {
            // Another server could see the end elsewhere.
            request.getProcessingState().setKeepAlive(false);
        }
        BodyRule rule = BodyRule.of(request);
        // What wants to become another protocol has no body either, and no end.
        boolean bodiless = !request.isChunked() && request.getContentLength() <= 0;
        if (!bodiless && rule.goesThrough() && goingThrough.get() >= MOST_GOING_THROUGH) {
            return refuse(context, Refusal.BUSY);
        }
        if (bodiless || rule.goesThrough()) {
            GOES_THROUGH.set(request.getAttributes(), true);
            return passOn(context, content, request);
        }
        if (request.getContentLength() > rule.most() || content.getContent().remaining() > rule.most()) {
            return refuse(context, Refusal.TOO_LARGE);
        }
        if (isWhole(content, request)) {
            forget(WAITING.remove(connection));
            return rule.isForm() && fields(content.getContent()) > MOST_FIELDS
                    ? refuse(context, Refusal.TOO_MANY_FIELDS)
                    : passOn(context, content, request);
        }
        if (WAITING.get(connection) == null && !beginsToWait(connection, request, rule)) {
            return refuse(context, Refusal.TOO_MANY_AT_ONCE);
        }
        return context.getStopAction(content);
    }

    /**
     * Says which piece is the last where the codec does not: of a request that offers another protocol, as Java's client does. Whoever
     * reads to the end would wait for it.
     */
    private NextAction passOn(FilterChainContext context, HttpContent content, HttpRequestPacket request) {
        if (content.isLast() || request.isChunked() || request.getContentLength() <= 0) {
            return handOver(context, request, content.isLast());
        }
        Long before = PASSED.get(request.getAttributes());
        long passed = (before == null ? 0 : before) + content.getContent().remaining();
        PASSED.set(request.getAttributes(), passed);
        if (passed >= request.getContentLength()) {
            request.setExpectContent(false);
            context.setMessage(HttpContent.builder(request)
                    .content(content.getContent())
                    .last(true)
                    .build());
        }
        return handOver(context, request, passed >= request.getContentLength());
    }

    /** Whoever answers it reads what is missing by himself. */
    private NextAction handOver(FilterChainContext context, HttpRequestPacket request, boolean whole) {
        if (HANDED_OVER.get(request.getAttributes()) != null) {
            return context.getInvokeAction();
        }
        HANDED_OVER.set(request.getAttributes(), true);
        NextAction later = context.getSuspendAction();
        context.suspend();
        AtomicInteger held = whole || !request.isExpectContent() ? new AtomicInteger() : goingThrough;
        held.incrementAndGet();
        try {
            threads.of(request).execute(() -> {
                try {
                    context.resumeNext();
                } finally {
                    held.decrementAndGet();
                }
            });
        } catch (RejectedExecutionException e) {
            held.decrementAndGet();
            refuse(context.getConnection(), Refusal.BUSY);
            context.resume(context.getStopAction());
        }
        return later;
    }

    @Override
    public NextAction handleClose(FilterChainContext context) {
        forget(WAITING.remove(context.getConnection()));
        closing.remove(context.getConnection());
        return context.getInvokeAction();
    }

    private boolean beginsToWait(Connection<?> connection, HttpRequestPacket request, BodyRule rule) {
        Waiting begun = new Waiting(
                connection,
                clients.of(connection, request),
                rule.isLarge(),
                System.nanoTime() + rule.within().toNanos());
        AtomicInteger own = perClient.computeIfAbsent(begun.client(), client -> new AtomicInteger());
        if (own.incrementAndGet() > MOST_WAITING_OF_ONE_CLIENT
                || waiting.size() >= MOST_WAITING
                || (begun.large() && waiting.stream().filter(Waiting::large).count() >= MOST_LARGE_WAITING)) {
            own.decrementAndGet();
            return false;
        }
        waiting.add(begun);
        WAITING.set(connection, begun);
        if ("100-continue".equalsIgnoreCase(request.getHeader(Header.Expect))) {
            write(connection, "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return true;
    }

    private void forget(Waiting over) {
        if (over != null && waiting.remove(over)) {
            perClient.computeIfPresent(over.client(), (client, own) -> own.decrementAndGet() <= 0 ? null : own);
        }
    }

    /**
     * Two hosts (RFC 9112 section 3.2), an address that is none, a name with a blank in it (section 5.1), and controls in a header
     * (RFC 9110 section 5.5), which Grizzly lets pass together with octets above 0x7F.
     */
    private static boolean isMalformed(HttpRequestPacket request) {
        MimeHeaders headers = request.getHeaders();
        for (int i = 0; i < headers.size(); i++) {
            if (!TOKEN.matcher(headers.getName(i).toString()).matches()
                    || headers.getValue(i).toString().chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
                return true;
            }
        }
        return count(headers.values(Header.Host)) > 1
                || BAD_ESCAPE.matcher(request.getRequestURI()).find();
    }

    /** Where another server could see the body's end elsewhere than this one (RFC 9112 section 6.3). */
    private static boolean isAmbiguous(HttpRequestPacket request) {
        MimeHeaders headers = request.getHeaders();
        for (String length : headers.values(Header.ContentLength)) {
            if (!LENGTH.matcher(length).matches()) {
                return true;
            }
        }
        int codings = 0;
        for (String coding : headers.values(Header.TransferEncoding)) {
            codings++;
            if (!coding.equalsIgnoreCase("chunked")) {
                return true;
            }
        }
        return codings > 1
                || count(headers.values(Header.ContentLength)) > 1
                || (codings > 0 && (request.getProtocol() != Protocol.HTTP_1_1 || RawHeaders.saysALengthToo(request)));
    }

    private static int count(Iterable<String> values) {
        int count = 0;
        for (String unused : values) {
            count++;
        }
        return count;
    }

    /** Of a request that offers another protocol, as Java's client does, the codec never says which piece is the last. */
    private static boolean isWhole(HttpContent content, HttpRequestPacket request) {
        return content.isLast()
                || (!request.isChunked() && content.getContent().remaining() >= request.getContentLength());
    }

    private static int fields(Buffer body) {
        int fields = 1;
        for (int i = body.position(); i < body.limit(); i++) {
            if (body.get(i) == '&') {
                fields++;
            }
        }
        return fields;
    }

    private NextAction refuse(FilterChainContext context, Refusal why) {
        refuse(context.getConnection(), why);
        return context.getStopAction();
    }

    private void refuse(Connection<?> connection, Refusal why) {
        if (why.isOurs()) {
            refusals.countAndSay(
                    why.reason(),
                    why == Refusal.BUSY
                            ? "requests were refused with 503: all threads are busy, or too many large files come in at once."
                            : "requests were refused with 503: too many bodies at once of one client. If that is a proxy of yours, name it in tidings.http.trusted-proxies.");
        } else {
            refusals.count(why.reason());
        }
        forget(WAITING.remove(connection));
        REFUSED.set(connection, true);
        closing.put(connection, System.nanoTime() + CLOSED_AFTER_NANOS);
        write(connection, why.bytes());
    }

    /** Not by way of the codec, which is still reading. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void write(Connection connection, byte[] answer) {
        connection.write(Buffers.wrap(MemoryManager.DEFAULT_MEMORY_MANAGER, answer), (CompletionHandler) null);
    }

    private void look() {
        long now = System.nanoTime();
        for (Waiting body : waiting) {
            if (now - body.until() > 0) {
                refuse(body.connection(), Refusal.TOO_LATE);
            }
        }
        closing.forEach((connection, at) -> {
            if (now - at > 0) {
                connection.closeSilently();
            }
        });
    }
}
