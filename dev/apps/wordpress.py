#!/usr/bin/env python3
"""Drives Debian's WordPress against a MySQL server at HOST PORT, as a person with a browser would.

Installs through WordPress's own installer, logs in, posts, comments, searches, edits, uploads nothing, logs out; every
step checks the page it gets. Needs the packages wordpress, php-cli and php-mysql. Exit status 0: all steps passed;
77: a needed package is missing (the caller says so loudly).
"""

import html
import http.cookiejar
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

SOURCE = "/usr/share/wordpress"


class Site:
    """A running WordPress and a browser that keeps cookies."""

    def __init__(self, db_host, db_port, folder):
        self.folder = folder
        self.root = os.path.join(folder, "site")
        shutil.copytree(SOURCE, self.root, symlinks=False, ignore_dangling_symlinks=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        with open(os.path.join(self.root, "wp-config.php"), "w", encoding="utf-8") as config:
            config.write(f"""<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', '{db_host}:{db_port}');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('AUTH_KEY', 'test'); define('SECURE_AUTH_KEY', 'test'); define('LOGGED_IN_KEY', 'test');
define('NONCE_KEY', 'test'); define('AUTH_SALT', 'test'); define('SECURE_AUTH_SALT', 'test');
define('LOGGED_IN_SALT', 'test'); define('NONCE_SALT', 'test');
$table_prefix = 'wp_';
define('WP_DEBUG', true); define('WP_DEBUG_DISPLAY', false); define('WP_DEBUG_LOG', '{folder}/debug.log');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_DEFAULT_THEME', 'twentytwentyone');
define('WP_SITEURL', '{self.base}'); define('WP_HOME', '{self.base}');
if (!defined('ABSPATH')) {{ define('ABSPATH', __DIR__ . '/'); }}
require_once ABSPATH . 'wp-settings.php';
""")
        self.log = open(os.path.join(folder, "php.log"), "wb")
        self.server = subprocess.Popen(
            ["php", "-d", "error_reporting=E_ALL & ~E_DEPRECATED", "-S", f"127.0.0.1:{self.port}", "-t", self.root],
            stdout=self.log, stderr=self.log)
        self.browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            except OSError:
                time.sleep(0.05)

    def get(self, path, **fields):
        query = "?" + urllib.parse.urlencode(fields) if fields else ""
        return self._open(self.base + path + query, None)

    def post(self, path, **fields):
        return self._open(self.base + path, urllib.parse.urlencode(fields).encode())

    def _open(self, url, data):
        try:
            with self.browser.open(urllib.request.Request(url, data), timeout=60) as answer:
                return answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return f"HTTP {error.code}\n" + error.read().decode("utf-8", "replace")

    def close(self):
        self.server.terminate()
        self.server.wait(10)
        self.log.close()


def hidden(page, name):
    found = re.search(r'name=["\']%s["\'][^>]*value=["\']([^"\']*)' % re.escape(name), page)
    if not found:
        raise AssertionError(f"no field {name} in the page:\n{text(page)[:800]}")
    return html.unescape(found.group(1))


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.S)).strip()


def expect(page, wanted, step):
    if wanted not in html.unescape(page):
        raise AssertionError(f"step '{step}': the page lacks '{wanted}':\n{text(page)[:1500]}")
    print(f"ok  {step}", flush=True)


def walk(site):
    page = site.get("/wp-admin/install.php")
    expect(page, "Information needed", "the installer opens")
    page = site.post("/wp-admin/install.php?step=2", weblog_title="Qomo's café ☕", user_name="admin",
                     admin_password="correct horse", admin_password2="correct horse", pw_weak="1",
                     admin_email="admin@example.org", blog_public="0", Submit="Install WordPress", language="")
    expect(page, "Success!", "the installer finishes")
    expect(site.get("/"), "Hello world!", "the front page shows the first post")
    page = site.post("/wp-login.php", log="admin", pwd="wrong")
    expect(page, "is incorrect", "a wrong password is refused")
    page = site.post("/wp-login.php", log="admin", pwd="correct horse", testcookie="1", redirect_to=site.base + "/wp-admin/")
    expect(page, "Dashboard", "log in")
    page = site.get("/wp-admin/post-new.php")
    expect(page, "post_ID", "the editor opens")
    nonce = re.search(r'createNonceMiddleware\(\s*"([0-9a-f]+)"', page)
    assert nonce, "no REST nonce in the editor page"
    rest_nonce = nonce.group(1)
    page = site.post("/?rest_route=/wp/v2/posts&_wpnonce=" + rest_nonce, title="Zürich: a post about 数据库 😀",
                     content="Kept in Qomo, with 'quotes', \\backslashes\\ and a zebra.", status="publish")
    expect(page, '"status":"publish"', "publish a post through the REST API")
    post_id = re.search(r'"id":(\d+)', page).group(1)
    page = site.get("/", p=post_id)
    expect(page, "with ‘quotes’, \\backslashes\\ and a zebra", "read the post")
    expect(page, "数据库 😀", "the title kept its characters")
    page = site.post("/wp-comments-post.php", comment="What a fine zebra!", comment_post_ID=post_id, comment_parent="0",
                     _wp_unfiltered_html_comment="", submit="Post Comment")
    expect(page, "What a fine zebra!", "comment on it")
    page = site.get("/", s="zebra")
    expect(page, "数据库", "search finds the post")
    expect(page, "We found 1 result", "search finds nothing else")
    page = site.get("/", s="nosuchword")
    expect(page, "nothing matched your search terms", "search finds nothing for nonsense")
    if 'id="post-' in page:  # the side bar still names the newest posts and comments
        raise AssertionError("a search for nonsense lists a post:\n" + text(page)[:1500])
    page = site.post(f"/?rest_route=/wp/v2/posts/{post_id}&_wpnonce=" + rest_nonce, content="Edited once.")
    expect(page, "Edited once.", "edit the post")
    page = site.post("/?rest_route=/wp/v2/categories&_wpnonce=" + rest_nonce, name="Animals", slug="animals")
    category = re.search(r'"id":(\d+)', page).group(1)
    page = site.post(f"/?rest_route=/wp/v2/posts/{post_id}&_wpnonce=" + rest_nonce, categories=category)
    expect(site.get("/", cat=category), "数据库", "the category page lists it")
    expect(site.get("/wp-admin/edit.php"), "数据库", "the list of posts")
    expect(site.get("/wp-admin/edit-comments.php"), "fine zebra", "the list of comments")
    page = site.get("/wp-admin/options-general.php")
    page = site.post("/wp-admin/options.php", option_page="general", action="update",
                     _wpnonce=hidden(page, "_wpnonce"), blogname="Renamed site", blogdescription="", siteurl=site.base,
                     home=site.base, new_admin_email="admin@example.org", default_role="subscriber", WPLANG="",
                     timezone_string="UTC", date_format="F j, Y", time_format="g:i a", start_of_week="1")
    expect(site.get("/"), "Renamed site", "change a setting")
    page = site.get("/wp-admin/user-new.php")
    page = site.post("/wp-admin/user-new.php", action="createuser", _wpnonce_create_user=hidden(page, "_wpnonce_create-user"),
                     **{"_wpnonce_create-user": hidden(page, "_wpnonce_create-user")}, user_login="reader",
                     email="reader@example.org", first_name="", last_name="", url="", pass1="another horse",
                     pass2="another horse", role="subscriber", createuser="Add New User")
    expect(site.get("/wp-admin/users.php"), "reader@example.org", "add a user")
    page = site.post(f"/?rest_route=/wp/v2/posts/{post_id}&force=true&_method=DELETE&_wpnonce=" + rest_nonce)
    expect(page, '"deleted":true', "delete the post")
    page = site.get("/wp-admin/site-health.php")
    expect(page, "Site Health", "site health opens")


def check_log(folder):
    path = os.path.join(folder, "debug.log")
    if not os.path.exists(path):
        return
    with open(path, encoding="utf-8", errors="replace") as log:
        errors = [line for line in log if "database error" in line or "Fatal" in line]
    if errors:
        raise AssertionError("WordPress reported database errors:\n" + "".join(errors[:20]))
    print("ok  WordPress reported no database error")


def main():
    host, port = sys.argv[1], int(sys.argv[2])
    if not os.path.isdir(SOURCE) or not shutil.which("php"):
        print("SKIPPING: the packages wordpress, php-cli and php-mysql are not installed")
        return 77
    folder = tempfile.mkdtemp(prefix="qomo-wordpress-")
    site = None
    try:
        site = Site(host, port, folder)
        walk(site)
        check_log(folder)
        return 0
    except AssertionError as failure:
        print(f"FAILED {failure}")
        debug = os.path.join(folder, "debug.log")
        if os.path.exists(debug):
            with open(debug, encoding="utf-8", errors="replace") as log:
                print("debug.log:\n" + log.read()[-4000:])
        return 1
    finally:
        if site:
            site.close()
        if not os.environ.get("KEEP"):
            shutil.rmtree(folder, ignore_errors=True)


sys.exit(main())
