package io.qomo.testing.app;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// The mapped classes of the Hibernate test; Hibernate fills the fields.
@NullUnmarked
final class HibernateEntities {
    private HibernateEntities() {}

    enum Genre {
        NOVEL,
        POETRY,
        SCIENCE
    }

    @Entity(name = "Author")
    @Table(name = "authors")
    static class Author {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        @Column(nullable = false, unique = true, length = 120)
        String name;

        LocalDate born;

        @OneToMany(mappedBy = "author")
        List<Book> books = new ArrayList<>();

        Author() {}

        Author(String name, LocalDate born) {
            this.name = name;
            this.born = born;
        }
    }

    @Entity(name = "Book")
    @Table(name = "books", indexes = @Index(name = "by_title", columnList = "title"))
    static class Book {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        @Version
        int version;

        @ManyToOne(fetch = FetchType.LAZY, optional = false)
        Author author;

        String title;

        @Column(precision = 12, scale = 2)
        BigDecimal price;

        @Enumerated(EnumType.STRING)
        Genre genre;

        Instant published;

        boolean available = true;

        UUID code = UUID.randomUUID();

        @Lob
        byte[] cover = {1, 2, 3};

        @ElementCollection
        @CollectionTable(name = "book_tags")
        Set<String> tags = new HashSet<>();

        Book() {}

        Book(Author author, String title, BigDecimal price) {
            this.author = author;
            this.title = title;
            this.price = price;
        }
    }

    @Entity(name = "Payment")
    @Inheritance(strategy = InheritanceType.JOINED)
    abstract static class Payment {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        Long id;

        BigDecimal amount;

        Payment() {}

        Payment(BigDecimal amount) {
            this.amount = amount;
        }
    }

    @Entity(name = "Card")
    static class Card extends Payment {
        String number;

        Card() {}

        Card(BigDecimal amount, String number) {
            super(amount);
            this.number = number;
        }
    }

    @Entity(name = "Transfer")
    static class Transfer extends Payment {
        String iban;

        Transfer() {}

        Transfer(BigDecimal amount, String iban) {
            super(amount);
            this.iban = iban;
        }
    }
}
