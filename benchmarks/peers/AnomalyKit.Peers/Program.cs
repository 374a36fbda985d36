using AnomalyKit.Peers;

// Answers one JSON line for every JSON line: see benchmarks/peers/README.md. Standard output carries nothing else.
if (args is not [var threadsText] || !int.TryParse(threadsText, out int threads) || threads < 1)
{
    await Console.Error.WriteLineAsync("usage: AnomalyKit.Peers THREADS (started by benchmarks/peers/driver.py)");
    return 2;
}

new Worker(threads).Serve(Console.In, Console.Out);
return 0;
