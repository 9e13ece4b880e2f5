// Runs before each test file; what it imports is evaluated once for each worker.
import './resolved-once.ts';
