// Tests get Temporal through the same door as the build.
import '../src/lib/build/temporal.ts';
