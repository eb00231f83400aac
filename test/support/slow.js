// Jest takes no time limit from a project of its configuration.
jest.setTimeout(300_000);
