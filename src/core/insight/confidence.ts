/** All limits here are 95% limits: this many standard errors to both sides of a normal estimate. */
export const normal975 = 1.959963984540054;
/** What may lie beyond either limit. */
export const tail = 0.025;
