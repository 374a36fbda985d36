using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace AnomalyKit.Samples.Worker;

/// <summary>Stands for a queue: 50,000 payments, then the end.</summary>
internal sealed class PaymentSource(Channel<Payment> channel) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var random = new Random(2);
        for (long id = 0; id < 50_000; id++)
            await channel.Writer.WriteAsync(Payments.Next(random, id), stoppingToken);
        channel.Writer.Complete();
    }
}
