vcl 4.1;
# Varnish (7.0 or newer) in front of the site: it keeps what everybody gets, and forgets it by the words of Cache-Tag
# when the site tells it to. How to set it up: docs/operator/caching.md.
import std;

backend site {
    .host = "127.0.0.1";
    .port = "8000";
}

# Who may tell it to forget: the machine of `manage.py publiceer_op_tijd`.
acl publisher {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "BAN") {
        if (client.ip !~ publisher) {
            return (synth(403, "Not from here"));
        }
        if (!req.http.X-Cache-Tags) {
            return (synth(400, "X-Cache-Tags is missing"));
        }
        if (std.ban("obj.http.Cache-Tag ~ " + req.http.X-Cache-Tags)) {
            return (synth(200, "Forgotten"));
        }
        return (synth(400, std.ban_error()));
    }
    # Of one reader: never from here.
    if ((req.method != "GET" && req.method != "HEAD") || req.http.Cookie || req.http.Authorization) {
        return (pass);
    }
    return (hash);
}

sub vcl_backend_response {
    if (beresp.http.Cache-Control ~ "private|no-store") {
        set beresp.uncacheable = true;
        set beresp.ttl = 120s;
        return (deliver);
    }
    # Longer than it is fresh, to ask the site with its ETag whether it still holds.
    set beresp.keep = 10m;
}
