/** Says why a rehearsal's own call is refused; whoever answers it sends 422. */
export class RefusedControl extends Error {}
