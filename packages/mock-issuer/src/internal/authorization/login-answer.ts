import type { Form } from '../http/form.js'
import type { AuthorizationRequest } from './authorization-request.js'

/** What the form of the login page says. Nothing in it was checked but that the scopes are among those that were asked for. */
export interface LoginAnswer {
  readonly action: 'cancel' | 'error' | 'go-on' | 'log-in'
  /** The user that was clicked, or else the name that was typed. */
  readonly name: string
  readonly typedName: string | undefined
  readonly sessionId: string | undefined
  readonly scopes: readonly string[]
  readonly acr: string | undefined
  readonly error: string | undefined
}

/** Reads the form. A test may post the user alone: without `choose_scopes`, which the page sends along, everything is granted. */
export function readLoginAnswer(form: Form, request: AuthorizationRequest): LoginAnswer {
  const typedName = form.get('username')?.trim()
  return {
    action: readAction(form),
    name: form.get('user') ?? typedName ?? '',
    typedName,
    sessionId: form.get('session'),
    scopes: form.has('choose_scopes') ? request.scopes.filter((scope) => isFixed(scope) || form.has(scopeField(scope))) : request.scopes,
    acr: form.get('acr'),
    error: form.get('error'),
  }
}

/** The name of a scope's checkbox. Each has its own, since a parameter may be sent once only. */
export function scopeField(scope: string): string {
  return `scope:${scope}`
}

/** Whether a scope cannot be declined: without `openid` the answer would not be that of a login. */
export function isFixed(scope: string): boolean {
  return scope === 'openid'
}

// A button of the page, and the Enter key in its text field, say one of these each.
function readAction(form: Form): LoginAnswer['action'] {
  const action = form.get('action')
  if (action === 'cancel' || action === 'error') return action
  return form.has('session') ? 'go-on' : 'log-in'
}
