import { memberAliases } from './member-aliases.js'
import { claims, oneOf, option, required, strictObject, text } from './schema-parts.js'

/** Someone who can log in by a click: the members of `IssuerUser`. */
export const userSchema = strictObject(
  {
    sub: required(text, 'The sub of the tokens: 1 to 255 ASCII characters.'),
    name: option(text, 'Shown on the login page. Default: the name of the profile, then the sub.'),
    description: option(text, 'Shown under the name: "Trader, New York".'),
    claims: option(claims, "Claims for access tokens: what the contract's scopes require, roles and the like."),
    profile: option(claims, 'Claims for userinfo, as far as profile, email, address and phone were granted.'),
    ciba: option(
      oneOf(['approve', 'deny', 'wait']),
      'What becomes of a backchannel authentication request about this user. Default: wait.',
    ),
    acr: option(text, 'How this user logs in when the client asks for no level: one of acrValues.'),
  },
  { id: 'User', aliases: memberAliases.user },
)
