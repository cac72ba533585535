/** How many characters a note on a touchpoint has at most. */
export const noteRoom = 300;
