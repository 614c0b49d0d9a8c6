// mysql2 (Node.js) against a MySQL server: node client.js HOST PORT
const assert = require('node:assert');
const mysql = require('mysql2/promise');

const [host, port] = [process.argv[2], Number(process.argv[3])];
const database = 'mysql2_test';
const ok = (what) => console.log('ok ', what);

async function main() {
  const admin = await mysql.createConnection({ host, port, user: 'root', password: '' });
  await admin.query(`DROP DATABASE IF EXISTS ${database}`);
  await admin.query(`CREATE DATABASE ${database}`);
  const pool = mysql.createPool({ host, port, user: 'root', password: '', database, connectionLimit: 4,
    supportBigNumbers: true, dateStrings: false, timezone: 'Z', multipleStatements: true });
  try {
    await pool.query(`CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(40) NOT NULL, price DECIMAL(10,2),
      at DATETIME(3), data JSON, raw BLOB, big BIGINT UNSIGNED, flag TINYINT(1))`);
    const at = new Date('2024-02-29T12:34:56.789Z');
    const [inserted] = await pool.execute(
      'INSERT INTO t (name, price, at, data, raw, big, flag) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ['Müller 漢字 😀', '12.50', at, JSON.stringify({ a: [1, 2] }), Buffer.from([0, 255, 39]), '18446744073709551615', true]);
    assert.strictEqual(inserted.insertId, 1);
    assert.strictEqual(inserted.affectedRows, 1);
    for (const run of ['query', 'execute']) {
      const [[row]] = await pool[run]('SELECT * FROM t WHERE id = ?', [1]);
      assert.strictEqual(row.name, 'Müller 漢字 😀');
      assert.strictEqual(row.price, '12.50');
      assert.strictEqual(row.at.getTime(), at.getTime());
      assert.deepStrictEqual(typeof row.data === 'string' ? JSON.parse(row.data) : row.data, { a: [1, 2] });
      assert.deepStrictEqual([...row.raw], [0, 255, 39]);
      assert.strictEqual(String(row.big), '18446744073709551615');
      assert.strictEqual(row.flag, 1);
      ok(`values of ${run}`);
    }
    const [, fields] = await pool.query('SELECT id, name AS n FROM t');
    assert.deepStrictEqual(fields.map((f) => [f.name, f.orgName, f.orgTable]), [['id', 'id', 't'], ['n', 'name', 't']]);
    ok('column metadata');
    await assert.rejects(pool.query('INSERT INTO t (id, name) VALUES (1, ?)', ['x']), { code: 'ER_DUP_ENTRY', errno: 1062 });
    await assert.rejects(pool.query('SELECT * FROM missing'), { code: 'ER_NO_SUCH_TABLE' });
    await assert.rejects(pool.execute('INSERT INTO t (name) VALUES (?)', [null]), { code: 'ER_BAD_NULL_ERROR' });
    ok('errors');
    const [results] = await pool.query('SELECT 1 AS a; SELECT 2 AS b; UPDATE t SET price = 13');
    assert.strictEqual(results[1][0].b, 2);
    assert.strictEqual(results[2].affectedRows, 1);
    ok('several statements');
    const connection = await pool.getConnection();
    await connection.beginTransaction();
    await connection.execute('INSERT INTO t (name) VALUES (?)', ['temporary']);
    await connection.rollback();
    const [[{ n }]] = await connection.query('SELECT COUNT(*) AS n FROM t');
    assert.strictEqual(n, 1);
    connection.release();
    ok('transactions');
    const names = Array.from({ length: 200 }, (_, i) => [`bulk ${i}`]);
    await pool.query('INSERT INTO t (name) VALUES ?', [names]);
    const counts = await Promise.all(Array.from({ length: 20 }, () => pool.execute('SELECT COUNT(*) AS n FROM t WHERE name LIKE ?', ['bulk%'])));
    assert.ok(counts.every(([[row]]) => row.n === 200));
    ok('bulk insert and a busy pool');
    const admin2 = await mysql.createConnection({ host, port, user: 'root', password: '', database });
    await admin2.changeUser({ user: 'root', password: '', database });
    await admin2.ping();
    await admin2.end();
    ok('change user and ping');
  } finally {
    await pool.end();
    await admin.query(`DROP DATABASE ${database}`);
    await admin.end();
  }
}

main().catch((error) => { console.error('FAILED', error); process.exit(1); });
