/**
 * IAM path of the roles of a gateway's own functions that change it: those that reconcile engine and policies, that rotate the guards, and that put a
 * gateway back. Policies of an organization tell them from other roles by it.
 */
export const CHANGING_ROLES_PATH = '/governed-gateway/';
