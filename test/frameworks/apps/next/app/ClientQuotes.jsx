'use client';

export { Quotes as ClientQuotes } from '../shared/Quotes.jsx';
