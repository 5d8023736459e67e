import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * How many passwords two cores hash in a second and do nothing else: Argon2id as accounts' Argon2 has it (12 MiB, three passes, one lane),
 * after as long of warming up. Usage: java -cp web/target/tidings/WEB-INF/lib/bcprov-*.jar benchmarks/Hash.java [seconds, 10]
 */
class Hash {

    private static final int MEMORY_KIB = 12_288;

    public static void main(String[] args) throws InterruptedException {
        long seconds = args.length == 0 ? 10 : Long.parseLong(args[0]);
        var done = new AtomicLong();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread thread = new Thread(() -> hash(done));
            thread.setDaemon(true);
            thread.start();
        }
        Thread.sleep(1000 * seconds);
        long before = done.get();
        Thread.sleep(1000 * seconds);
        System.out.printf("hash alone: %.1f/s%n", (double) (done.get() - before) / seconds);
    }

    private static void hash(AtomicLong done) {
        var blocks = new FixedBlockPool(Argon2BytesGenerator.getBlockCount(MEMORY_KIB, 1));
        byte[] tag = new byte[32];
        while (true) {
            var parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(MEMORY_KIB)
                    .withIterations(3)
                    .withParallelism(1)
                    .withSalt(new byte[16])
                    .withBlockPool(blocks);
            var generator = new Argon2BytesGenerator();
            generator.init(parameters.build());
            generator.generateBytes("a calm evening by the lake".getBytes(StandardCharsets.UTF_8), tag);
            done.incrementAndGet();
        }
    }
}
