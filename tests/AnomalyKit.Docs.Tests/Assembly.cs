// Snippets that run use the process's current folder and console.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
