package org.tidings.mail.testing;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** An entity to try the harness with. */
@Entity
@Table(schema = "harness", name = "notes")
class Note {
    @Id
    private UUID id;

    private String body;

    @SuppressWarnings("NullAway") // for JPA
    protected Note() {}

    Note(String body) {
        this.id = UUID.randomUUID();
        this.body = body;
    }

    UUID id() {
        return id;
    }

    String body() {
        return body;
    }
}
