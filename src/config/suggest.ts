/** The known name that was probably meant by an unknown one; null where none is close. */
export { nearest as suggest } from '../core/nearest.ts';
