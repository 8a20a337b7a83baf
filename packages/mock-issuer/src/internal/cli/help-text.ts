/** What `--help` prints. */
export const helpText = `A strict OAuth 2 and OpenID Connect server for tests and local work.

Usage
  bailiwick-mock-issuer [options]
  bailiwick-mock-issuer attack --url <route of an API> [options]   (attack --help says more)

Options
  -p, --port <number>   where it listens; 0 for any free port (default 9000)
      --host <address>  the address that it listens on (default 127.0.0.1)
  -c, --config <file>   a configuration: .json, or a .js or .mjs module that exports one
  -w, --watch           takes over what changes in the configuration; keys and tokens stay
      --verbose         prints a line for each request
      --no-dashboard    leaves out the page at /dashboard, which is there by default on loopback
      --https           HTTPS, with a certificate that is made for it
      --no-https        HTTP, whatever the configuration says
      --https-key <file>, --https-cert <file>
                        HTTPS with a key and a certificate of your own, in PEM
      --write-certificate <file>
                        writes what clients must trust, for NODE_EXTRA_CA_CERTS and the like
      --print-schema    prints the JSON Schema of the configuration, for editors
  -h, --help            prints this
  -v, --version         prints the version

Without a configuration there are the users john and jane, the public client "app" and the
confidential client "service" with the secret "service-secret".

A configuration, here with one issuer; "issuers" has several, by path:
  {
    "$schema": "./node_modules/@bailiwick/mock-issuer/docs/issuer.schema.json",
    "contract": { "audience": "orders-api", "scopes": { "orders_read": { "claims": ["account_nr"] } } },
    "users": [{ "sub": "john", "name": "John", "claims": { "account_nr": "42" } }],
    "lax": ["pkce-optional"]
  }

It ends with 0 when it is stopped, and with 2 when it could not be started.
`
