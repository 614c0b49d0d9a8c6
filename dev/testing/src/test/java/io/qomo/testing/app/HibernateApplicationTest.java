package io.qomo.testing.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.testing.TestDatabase;
import io.qomo.testing.app.HibernateEntities.Author;
import io.qomo.testing.app.HibernateEntities.Book;
import io.qomo.testing.app.HibernateEntities.Card;
import io.qomo.testing.app.HibernateEntities.Genre;
import io.qomo.testing.app.HibernateEntities.Payment;
import io.qomo.testing.app.HibernateEntities.Transfer;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Hibernate ORM: schema creation and validation, mappings, queries, locking, paging.
class HibernateApplicationTest {
    private final TestDatabase database = TestDatabase.create();
    private final SessionFactory sessions = factory("create");

    private SessionFactory factory(String schemaAction) {
        return new Configuration()
                .addAnnotatedClass(Author.class)
                .addAnnotatedClass(Book.class)
                .addAnnotatedClass(Payment.class)
                .addAnnotatedClass(Card.class)
                .addAnnotatedClass(Transfer.class)
                .setProperty("hibernate.connection.url", database.jdbcUrl())
                .setProperty("hibernate.connection.username", "root")
                .setProperty("hibernate.connection.password", "")
                .setProperty("hibernate.hbm2ddl.auto", schemaAction)
                .setProperty("hibernate.jdbc.batch_size", "20")
                .buildSessionFactory();
    }

    @BeforeEach
    void fill() {
        sessions.inTransaction(session -> {
            for (int i = 1; i <= 3; i++) {
                Author author = new Author("author " + i, LocalDate.of(1900 + i, i, i));
                session.persist(author);
                for (int j = 1; j <= 10; j++) {
                    Book book = new Book(author, "book " + i + "." + j, new BigDecimal(i * j + ".50"));
                    book.genre = Genre.values()[j % Genre.values().length];
                    book.published = Instant.parse("2020-01-01T00:00:00Z").plusSeconds(3600L * j);
                    book.tags.addAll(List.of("tag" + j, "all"));
                    session.persist(book);
                }
            }
        });
    }

    @AfterEach
    void close() {
        sessions.close();
        database.close();
    }

    @Test
    void theSchemaItMadeIsTheSchemaItExpects() {
        factory("validate").close();
        factory("update").close();
    }

    @Test
    void queriesJoinsAggregatesAndPaging() {
        sessions.inTransaction(session -> {
            assertThat(session.createQuery("from Book b where b.author.name = :name order by b.price desc", Book.class)
                            .setParameter("name", "author 2")
                            .setFirstResult(2)
                            .setMaxResults(3)
                            .list())
                    .extracting(b -> b.title)
                    .containsExactly("book 2.8", "book 2.7", "book 2.6");
            List<Object[]> totals = session.createQuery(
                            "select a.name, count(b), sum(b.price), avg(b.price) from Book b join b.author a"
                                    + " group by a.name having sum(b.price) > 100 order by a.name",
                            Object[].class)
                    .list();
            assertThat(totals).hasSize(2);
            assertThat(totals.getFirst()[1]).isEqualTo(10L);
            assertThat((BigDecimal) totals.getFirst()[2]).isEqualByComparingTo("115.00");
            assertThat(session.createQuery(
                                    "select distinct a from Author a left join fetch a.books b where exists"
                                            + " (select 1 from Book x where x.author = a and x.price > 25)",
                                    Author.class)
                            .list())
                    .singleElement()
                    .satisfies(a -> assertThat(a.books).hasSize(10));
            assertThat(session.createQuery("select b from Book b where 'tag3' member of b.tags", Book.class)
                            .list())
                    .hasSize(3);
            assertThat(session.createQuery(
                                    "select b.title from Book b where b.genre = :g and lower(b.title) like 'BOOK 1%'"
                                            + " and year(b.published) = 2020",
                                    String.class)
                            .setParameter("g", Genre.POETRY)
                            .list())
                    .isNotEmpty();
        });
    }

    @Test
    void versionsDetectLostUpdates() {
        Book stale = sessions.fromTransaction(s -> s.find(Book.class, 1L));
        sessions.inTransaction(s -> s.find(Book.class, 1L).title = "changed");
        stale.title = "lost";
        assertThatThrownBy(() -> sessions.inTransaction(s -> s.merge(stale)))
                .isInstanceOf(OptimisticLockException.class);
    }

    @Test
    void pessimisticLocksAndConstraints() {
        sessions.inTransaction(session -> {
            Book locked = session.find(Book.class, 2L, LockModeType.PESSIMISTIC_WRITE);
            locked.price = BigDecimal.TEN;
            session.find(Book.class, 3L, LockModeType.PESSIMISTIC_READ);
        });
        assertThatThrownBy(() -> sessions.inTransaction(session -> {
                    session.persist(new Author("author 1", LocalDate.EPOCH));
                    session.flush();
                }))
                .isInstanceOf(ConstraintViolationException.class);
        assertThat(sessions.fromTransaction(s -> s.find(Book.class, 2L)).price).isEqualByComparingTo("10");
    }

    @Test
    void inheritanceBulkUpdatesAndNativeQueries() {
        sessions.inTransaction(session -> {
            session.persist(new Card(new BigDecimal("12.34"), "4242"));
            session.persist(new Transfer(new BigDecimal("99.00"), "DE02"));
        });
        sessions.inTransaction(session -> {
            assertThat(session.createQuery("from Payment p order by p.amount", Payment.class)
                            .list())
                    .extracting(p -> p.getClass().getSimpleName())
                    .containsExactly("Card", "Transfer");
            assertThat(session.createMutationQuery("update Book set price = price * 2 where price < 5")
                            .executeUpdate())
                    .isPositive();
            assertThat(session.createMutationQuery("delete from Card").executeUpdate())
                    .isEqualTo(1);
            assertThat(session.createNativeQuery("select count(*) from books", Long.class)
                            .getSingleResult())
                    .isEqualTo(30L);
        });
    }
}
