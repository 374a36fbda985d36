using System.Runtime.CompilerServices;

namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>The general kernel and the reference of the others: walks rows down trees, eight at a time, without branching on the data.</summary>
/// <remarks>
/// Eight rows go down one tree together, and what is left of the rows goes down eight trees together. One row in one tree alone would wait for memory at every node, and for a
/// mispredicted branch at every leaf. Sums are whole numbers below 2⁵³, so their order does not matter.
/// </remarks>
internal sealed unsafe class TreeWalker
{
    private readonly ForestNode[] _nodes;
    private readonly int[] _starts;
    private readonly int[] _depths;
    private readonly int _columns;

    /// <param name="model">The forest.</param>
    /// <param name="thresholds">The thresholds of all nodes in terms of the rows to be scored.</param>
    /// <param name="trees">The trees to walk.</param>
    public TreeWalker(IsolationForestModel model, float[] thresholds, ReadOnlySpan<int> trees)
    {
        _columns = model.Columns;
        _starts = new int[trees.Length];
        _depths = new int[trees.Length];
        int total = 0;
        foreach (int tree in trees)
            total += model.TreeStarts[tree + 1] - model.TreeStarts[tree];
        _nodes = new ForestNode[total];
        int next = 0;
        for (int i = 0; i < trees.Length; i++)
        {
            _starts[i] = next;
            _depths[i] = model.TreeDepths[trees[i]];
            int begin = model.TreeStarts[trees[i]];
            int end = model.TreeStarts[trees[i] + 1];
            for (int at = begin; at < end; at++, next++)
            {
                _nodes[next] = model.Feature[at] < 0
                    ? new ForestNode(float.NaN, 0, 0, model.PathLength[at])
                    : new ForestNode(thresholds[at], model.Feature[at], model.Left[at] - (at - begin), model.PathLength[at]);
            }
        }
    }

    /// <summary>Adds each row's path lengths over all trees, in units of 2⁻¹⁶, to its sum.</summary>
    /// <param name="rows">Row-major cells.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="sums">One sum per row.</param>
    public void AddPathLengths(float* rows, int rowCount, double* sums)
    {
        int together = rowCount & ~7;
        fixed (ForestNode* nodes = _nodes)
        {
            for (int tree = 0; tree < _starts.Length && together > 0; tree++)
            {
                for (int row = 0; row < together; row += 8)
                    WalkEight(nodes + _starts[tree], _depths[tree], rows + ((long)row * _columns), _columns, sums + row);
            }

            for (int row = together; row < rowCount; row++)
                sums[row] += PathLengthOf(nodes, rows + ((long)row * _columns));
        }
    }

    /// <summary>The path lengths of one row over all trees.</summary>
    private long PathLengthOf(ForestNode* nodes, float* row)
    {
        long sum = 0;
        int tree = 0;
        for (; tree <= _starts.Length - 8; tree += 8)
            sum += WalkEightTrees(nodes, _starts.AsSpan(tree, 8), _depths.AsSpan(tree, 8), row);
        for (; tree < _starts.Length; tree++)
            sum += WalkOne(nodes + _starts[tree], row);
        return sum;
    }

    private static int WalkOne(ForestNode* node, float* row)
    {
        while (true)
        {
            ForestNode* next = Step(node, row);
            if (next == node)
                return node->PathLength;
            node = next;
        }
    }

    private static long WalkEightTrees(ForestNode* nodes, ReadOnlySpan<int> starts, ReadOnlySpan<int> depths, float* row)
    {
        int depth = 0;
        foreach (int own in depths)
            depth = Math.Max(depth, own);
        ForestNode* a = nodes + starts[0], b = nodes + starts[1], c = nodes + starts[2], d = nodes + starts[3];
        ForestNode* e = nodes + starts[4], f = nodes + starts[5], g = nodes + starts[6], h = nodes + starts[7];
        for (int level = 0; level < depth; level++)
        {
            nint moved = (nint)a ^ (nint)(a = Step(a, row));
            moved |= (nint)b ^ (nint)(b = Step(b, row));
            moved |= (nint)c ^ (nint)(c = Step(c, row));
            moved |= (nint)d ^ (nint)(d = Step(d, row));
            moved |= (nint)e ^ (nint)(e = Step(e, row));
            moved |= (nint)f ^ (nint)(f = Step(f, row));
            moved |= (nint)g ^ (nint)(g = Step(g, row));
            moved |= (nint)h ^ (nint)(h = Step(h, row));
            if (moved == 0)
                break;
        }

        return (long)a->PathLength + b->PathLength + c->PathLength + d->PathLength + e->PathLength + f->PathLength + g->PathLength + h->PathLength;
    }

    private static void WalkEight(ForestNode* root, int depth, float* row, int columns, double* sums)
    {
        ForestNode* a = root, b = root, c = root, d = root, e = root, f = root, g = root, h = root;
        float* row4 = row + (4L * columns);
        for (int level = 0; level < depth; level++)
        {
            nint moved = (nint)a ^ (nint)(a = Step(a, row));
            moved |= (nint)b ^ (nint)(b = Step(b, row + columns));
            moved |= (nint)c ^ (nint)(c = Step(c, row + (2L * columns)));
            moved |= (nint)d ^ (nint)(d = Step(d, row + (3L * columns)));
            moved |= (nint)e ^ (nint)(e = Step(e, row4));
            moved |= (nint)f ^ (nint)(f = Step(f, row4 + columns));
            moved |= (nint)g ^ (nint)(g = Step(g, row4 + (2L * columns)));
            moved |= (nint)h ^ (nint)(h = Step(h, row4 + (3L * columns)));
            if (moved == 0)
                break;
        }

        sums[0] += a->PathLength;
        sums[1] += b->PathLength;
        sums[2] += c->PathLength;
        sums[3] += d->PathLength;
        sums[4] += e->PathLength;
        sums[5] += f->PathLength;
        sums[6] += g->PathLength;
        sums[7] += h->PathLength;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ForestNode* Step(ForestNode* node, float* row)
    {
        bool right = row[node->Feature] >= node->Threshold;
        return node + node->ToLeft + *(byte*)&right;
    }
}
