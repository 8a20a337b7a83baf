/** How the command is used. */
export const attackUsage = `Sends bad tokens of every kind to an API, and reports which of them it lets in.

Usage: bailiwick-mock-issuer attack --url <url> [options]

The command is the issuer that the API has to trust: configure the API with the issuer
http://127.0.0.1:9000, start it, and attack a route that a good token opens.

  --url <url>              the route to attack
  --method <method>        its method (GET)
  --header <name: value>   a header field of every request; can be given several times
  --data <text>            the body of every request
  --issuer-port <port>     where the issuer listens on this machine (9000)
  --issuer <url>           its name, if that is not http://127.0.0.1:<port>
  --audience <name>        the audience of the tokens (api)
  --scope <scopes>         the scope that the route needs
  --claims <json>          further claims that the route needs
  --algorithm <name>       ES256, RS256, PS256 or EdDSA (ES256, or RS256 if the API takes no other)
  --typ <type>             the typ of good tokens (at+jwt); some APIs take JWT alone
  --profile <name>         rfc9068: demand access tokens of RFC 9068 to the letter (jwt)
  --only <names>           send these forgeries alone, separated by commas
  --concurrency <number>   requests at once (4)
  --timeout-ms <number>    the time for each answer (5000)
  --wait-seconds <number>  how long the API may take to let a good token in (40)
  --fail-on <severity>     what counts: critical, serious, or lenient for everything (lenient)
  --format <format>        table, json or junit (table)
  --output <file>          where to write it (standard output)
  --all                    a row in the table for each forgery, also for what is as it should be
  --help

Exit codes:
  0  nothing was let in that counts (--fail-on); also for --help
  1  something was, or the API asked an address that a token named, or the route is open
  2  it could not be run: an option that is wrong, a port that is taken, an API that lets no
     good token in; or the API lets none in any more afterwards
`
