using AnomalyKit.Benchmarks.Attributions;
using AnomalyKit.Benchmarks.Columnar;
using AnomalyKit.Benchmarks.Ensembles;
using AnomalyKit.Benchmarks.Infrastructure;
using AnomalyKit.Benchmarks.Scaling;
using AnomalyKit.Benchmarks.Streaming;
using BenchmarkDotNet.Running;

if (!KernelChoice.TryApply(out string[] kernels))
    return 1;
if (args is ["stream", .. var streamArguments])
    return await StreamCommand.Create().Parse(streamArguments).InvokeAsync();
if (args is ["columnar", .. var columnarArguments])
    return await ColumnarCommand.Create().Parse(columnarArguments).InvokeAsync();
if (args is ["scaling", .. var scalingArguments])
    return await ScalingCommand.Create().Parse(scalingArguments).InvokeAsync();
if (args is ["attributions", .. var attributionArguments])
    return await AttributionCommand.Create().Parse(attributionArguments).InvokeAsync();
if (args is ["ensemble-cost", .. var costArguments])
    return await EnsembleCostCommand.Create().Parse(costArguments).InvokeAsync();

var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. args, .. kernels], BenchmarkConfig.Create()).ToList();

// A benchmark that threw, or whose verification did, must fail the command: BenchmarkDotNet itself only prints it.
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
