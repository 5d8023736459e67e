package org.tidings.newsletter.internal.importing;

import java.io.IOException;
import java.util.List;

/** The lists of what was sent. */
public record ImportSources(List<ImportSource> lists) implements AutoCloseable {

    public ImportSources {
        lists = List.copyOf(lists);
    }

    @Override
    public void close() throws IOException {
        for (ImportSource list : lists) {
            list.close();
        }
    }
}
