/** The request's own address, put there by us for the sign-in library; a header of this name from outside is overwritten. */
export const ADDRESS_HEADER = "x-redress-address";
