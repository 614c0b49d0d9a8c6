CREATE TABLE orders (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer_id BIGINT NOT NULL,
  total DECIMAL(12,2) NOT NULL DEFAULT '0.00',
  status ENUM('new','paid','shipped') NOT NULL DEFAULT 'new',
  CONSTRAINT fk_orders_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
) ENGINE=InnoDB;
ALTER TABLE customer ADD COLUMN email VARCHAR(255) NULL AFTER name, ADD UNIQUE KEY uk_email (email);
UPDATE customer SET email = CONCAT(name, '@example.org');
